package io.buckbench.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One JSON object, read key by key. A typed accessor that finds another kind of value notes the
 * problem and returns its fallback, so that {@link #build} or {@link #throwIfAny} reports every
 * problem at once, each with file, line and key. A null counts as an absent key.
 *
 * <p>The text is strict: UTF-8, one object and nothing after it, each key once.
 */
public class JsonObject {
  private final JsonText text;
  private final JsonNode root;
  private final Set<String> known = new TreeSet<>();
  private final Problems problems = new Problems();
  private Map<String, Integer> lines;

  private JsonObject(JsonText text) {
    this.text = text;
    this.root = text.parse();
  }

  /** For a reader of one kind of file: the same object, of which nothing was read yet. */
  protected JsonObject(JsonObject read) {
    this.text = read.text;
    this.root = read.root;
  }

  /**
   * Reads a file that holds one object.
   *
   * @param expected what the file is, for the message where there is none
   * @param todo what to do about a missing file or wrong content
   * @throws InvalidInputException if it is missing or not such a file
   */
  public static JsonObject read(Path file, String expected, String todo) {
    String text = InputText.read(file, expected, todo);
    return new JsonObject(new JsonText(file.toString(), true, text, todo));
  }

  /**
   * Reads an object that is a part of a file, such as a line.
   *
   * @param place the file and the part, for messages
   * @param todo what to do about wrong content
   * @throws InvalidInputException if it is not one object
   */
  public static JsonObject parse(String place, byte[] utf8, String todo) {
    return new JsonObject(new JsonText(place, false, InputText.utf8(place, utf8), todo));
  }

  /** File, line and key, as an error names them. */
  public final String where(String key) {
    if (lines == null) {
      // Only for a problem: it parses the text again.
      lines = text.lines();
    }
    Integer line = lines.get(key);
    return text.place() + (line == null ? "" : ":" + line) + " key " + key;
  }

  /** Notes a problem with one key. */
  public final void problem(String key, String found, String expected, String todo) {
    problems.add(where(key), found, expected, todo);
  }

  /** Notes every problem of a part that was checked on its own. */
  public final void problems(InvalidInputException part) {
    problems.addAll(part);
  }

  /** Whether the key is there, even with a null. */
  public final boolean has(String key) {
    return root.has(key);
  }

  /** Every key with its value, for an object whose keys are names, such as a vocabulary. */
  public final Set<Map.Entry<String, JsonNode>> properties() {
    return root.properties();
  }

  /** The value of a key, empty if it is absent or null. */
  public final Optional<JsonNode> value(String key) {
    known.add(key);
    return Optional.ofNullable(root.get(key)).filter(n -> !n.isNull());
  }

  /** The value of a key, empty if absent or null; another kind of value is a problem. */
  public final Optional<JsonNode> value(String key, Predicate<JsonNode> kind, String expected) {
    Optional<JsonNode> value = value(key);
    value.filter(kind.negate()).ifPresent(n -> problem(key, n.toString(), expected, text.todo()));
    return value.filter(kind);
  }

  /** The value of a key; an absent or null key and another kind of value are problems. */
  public final Optional<JsonNode> required(String key, Predicate<JsonNode> kind, String expected) {
    if (value(key).isEmpty()) {
      problem(key, has(key) ? "null" : "nothing", expected, text.todo());
    }
    return value(key, kind, expected);
  }

  /** A whole number; 0 and a problem if it is not there. */
  public final int requiredInteger(String key) {
    return required(key, JsonObject::isInteger, "a whole number").map(JsonNode::intValue).orElse(0);
  }

  /** A whole number, empty if absent or null. */
  public final OptionalInt integer(String key) {
    Optional<JsonNode> value = value(key, JsonObject::isInteger, "a whole number");
    return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(value.get().intValue());
  }

  private static boolean isInteger(JsonNode node) {
    return node.canConvertToExactIntegral() && node.canConvertToInt();
  }

  /** A number, or the fallback if absent or null. */
  public final double number(String key, double fallback) {
    return value(key, JsonNode::isNumber, "a number").map(JsonNode::doubleValue).orElse(fallback);
  }

  /** A truth value, or the fallback if absent or null. */
  public final boolean flag(String key, boolean fallback) {
    return value(key, JsonNode::isBoolean, "true or false")
        .map(JsonNode::booleanValue)
        .orElse(fallback);
  }

  /** A string, empty if absent or null. */
  public final Optional<String> text(String key) {
    return value(key, JsonNode::isTextual, "a string").map(JsonNode::textValue);
  }

  /** An object whose values are strings, in its order; no entries if absent or null. */
  public final Map<String, String> texts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    String expected = "an object of texts";
    for (Map.Entry<String, JsonNode> entry :
        value(key, JsonNode::isObject, expected).map(JsonNode::properties).orElse(Set.of())) {
      texts.put(entry.getKey(), entry.getValue().asText());
      if (!entry.getValue().isTextual()) {
        problem(key, entry.getKey() + ": " + entry.getValue(), expected, text.todo());
      }
    }
    return texts;
  }

  /** One of an enum's names; the fallback if absent or null. */
  public final <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    Optional<String> name = text(key);
    for (E constant : type.getEnumConstants()) {
      if (name.isPresent() && constant.name().equals(name.get())) {
        return constant;
      }
    }
    String expected = "one of " + Arrays.toString(type.getEnumConstants());
    name.ifPresent(n -> problem(key, n, expected, "choose one of these"));
    return fallback;
  }

  /** Notes a value other than the only supported one; an absent key is none. */
  public final void mustBe(String key, Object supported) {
    known.add(key);
    if (has(key) && !root.get(key).asText().equals(supported.toString())) {
      problem(key, root.get(key).toString(), supported.toString(), text.todo());
    }
  }

  /** Keys that may be there and are not read. */
  public final void note(String... keys) {
    known.addAll(List.of(keys));
  }

  /** Notes every key that was neither read nor {@link #note noted}. */
  public final void refuseUnknownKeys() {
    for (Map.Entry<String, JsonNode> entry : properties()) {
      if (!known.contains(entry.getKey())) {
        problem(
            entry.getKey(),
            "an unknown key",
            "one of " + known,
            "correct its spelling or remove it");
      }
    }
  }

  /**
   * @throws InvalidInputException with everything noted, if anything was
   */
  public final void throwIfAny() {
    problems.throwIfAny();
  }

  /**
   * Makes a value from what was read.
   *
   * @param make calls a constructor, whose problems name a key in {@code where}
   * @throws InvalidInputException with every problem noted and every problem of the constructor
   */
  public <T> T build(Supplier<T> make) {
    T made = null;
    try {
      made = make.get();
    } catch (InvalidInputException e) {
      e.problems().forEach(p -> problem(p.where(), p.found(), p.expected(), p.todo()));
    }
    throwIfAny();
    return made;
  }
}
