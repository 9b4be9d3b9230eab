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
 * One JSON object, read key by key. A typed accessor that finds another kind of value records a
 * problem and returns its fallback; {@link #build} or {@link #throwIfAny} then reports all problems
 * together, each with file, line and key. A null is treated like an absent key.
 *
 * <p>The text must be UTF-8 and hold exactly one object, with each key once.
 */
public class JsonObject {
  private final JsonText text;
  private final JsonNode root;
  private final Set<String> known = new TreeSet<>();
  private final Problems problems;
  private Map<String, Integer> lines;

  /** The key of the outer object whose value this is; null for the whole text. */
  private final String parent;

  private JsonObject(JsonText text) {
    this(text, text.parse(), new Problems(), null);
  }

  private JsonObject(JsonText text, JsonNode root, Problems problems, String parent) {
    this.text = text;
    this.root = root;
    this.problems = problems;
    this.parent = parent;
  }

  /** For subclasses that read one kind of file: the same object, with no key read yet. */
  protected JsonObject(JsonObject read) {
    this(read.text, read.root, new Problems(), read.parent);
  }

  /**
   * Reads a file that holds one object.
   *
   * @param expected what the file should be, for the message if it is missing
   * @param todo what to do about a missing file or wrong content
   * @throws InvalidInputException if it is missing or does not hold one object
   */
  public static JsonObject read(Path file, String expected, String todo) {
    String text = InputText.read(file, expected, todo);
    return new JsonObject(new JsonText(file.toString(), true, text, todo));
  }

  /**
   * Parses an object that is part of a file, such as a line.
   *
   * @param place the file and the part, for messages
   * @param todo what to do about wrong content
   * @throws InvalidInputException if it is not one object
   */
  public static JsonObject parse(String place, byte[] utf8, String todo) {
    return new JsonObject(new JsonText(place, false, InputText.utf8(place, utf8), todo));
  }

  /** The file, line and key, as error messages name them. */
  public final String where(String key) {
    if (lines == null) {
      // Lines are needed for problems only, since they take a second pass over the text.
      lines = text.lines();
    }
    Integer line = lines.get(parent == null ? key : parent);
    String path = parent == null ? key : parent + "." + key;
    return text.place() + (line == null ? "" : ":" + line) + " key " + path;
  }

  /** Records a problem with a key. */
  public final void problem(String key, String found, String expected, String todo) {
    problems.add(where(key), found, expected, todo);
  }

  /** Records the problems of a part that was checked separately. */
  public final void problems(InvalidInputException part) {
    problems.addAll(part);
  }

  /** Whether the key is present, even if its value is null. */
  public final boolean has(String key) {
    return root.has(key);
  }

  /** All keys with their values, for an object whose keys are names, such as a vocabulary. */
  public final Set<Map.Entry<String, JsonNode>> properties() {
    return root.properties();
  }

  /** The value of a key; empty if absent or null. */
  public final Optional<JsonNode> value(String key) {
    known.add(key);
    return Optional.ofNullable(root.get(key)).filter(n -> !n.isNull());
  }

  /** The value of a key; empty if absent or null. Another kind of value is a problem. */
  public final Optional<JsonNode> value(String key, Predicate<JsonNode> kind, String expected) {
    Optional<JsonNode> value = value(key);
    value.filter(kind.negate()).ifPresent(n -> problem(key, n.toString(), expected, text.todo()));
    return value.filter(kind);
  }

  /** The value of a key. An absent key, a null or another kind of value is a problem. */
  public final Optional<JsonNode> required(String key, Predicate<JsonNode> kind, String expected) {
    if (value(key).isEmpty()) {
      problem(key, has(key) ? "null" : "nothing", expected, text.todo());
    }
    return value(key, kind, expected);
  }

  /** An object inside this one, whose problems are reported with this one's. */
  public final Optional<JsonObject> object(String key) {
    return value(key, JsonNode::isObject, "an object")
        .map(node -> new JsonObject(text, node, problems, key));
  }

  /** A whole number; if absent or null, 0 and a problem. */
  public final int requiredInteger(String key) {
    return required(key, JsonObject::isInteger, "a whole number").map(JsonNode::intValue).orElse(0);
  }

  /** A whole number; empty if absent or null. */
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

  /** A string; empty if absent or null. */
  public final Optional<String> text(String key) {
    return value(key, JsonNode::isTextual, "a string").map(JsonNode::textValue);
  }

  /** An object whose values are strings, in its order; empty if absent or null. */
  public final Map<String, String> texts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    String expected = "an object whose values are strings";
    for (Map.Entry<String, JsonNode> entry :
        value(key, JsonNode::isObject, expected).map(JsonNode::properties).orElse(Set.of())) {
      texts.put(entry.getKey(), entry.getValue().asText());
      if (!entry.getValue().isTextual()) {
        problem(key, entry.getKey() + ": " + entry.getValue(), expected, text.todo());
      }
    }
    return texts;
  }

  /** The name of an enum constant; the fallback if absent or null. */
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

  /** Records a problem if the key is present with a value other than the supported one. */
  public final void mustBe(String key, Object supported) {
    known.add(key);
    if (has(key) && !root.get(key).asText().equals(supported.toString())) {
      problem(key, root.get(key).toString(), supported.toString(), text.todo());
    }
  }

  /** Accepts keys that are not read. */
  public final void note(String... keys) {
    known.addAll(List.of(keys));
  }

  /** Whether the key was read or {@link #note accepted}. */
  public final boolean isRead(String key) {
    return known.contains(key);
  }

  /** Records a problem for each key that was neither read nor {@link #note accepted}. */
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
   * @throws InvalidInputException with all problems, if there are any
   */
  public final void throwIfAny() {
    problems.throwIfAny();
  }

  /**
   * Creates a value from the keys that were read.
   *
   * @param make calls a constructor; the {@code where} of its problems must be a key
   * @throws InvalidInputException with all problems, those of the constructor included
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
