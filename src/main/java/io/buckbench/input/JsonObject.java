package io.buckbench.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String place;
  private final boolean lined;
  private final String text;
  private final String todo;
  private final JsonNode root;
  private final Set<String> known = new TreeSet<>();
  private final Problems problems = new Problems();
  private Map<String, Integer> lines;

  private JsonObject(String place, boolean lined, String text, String todo) {
    this.place = place;
    this.lined = lined;
    this.text = text;
    this.todo = todo;
    try {
      this.root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      String line = lined && e.getLocation() != null ? ":" + e.getLocation().getLineNr() : "";
      throw notOneObject(place + line, e.getOriginalMessage(), todo, e);
    }
    if (!root.isObject()) {
      String kind = root.getNodeType().name().toLowerCase(Locale.ROOT);
      throw notOneObject(place, root.isMissingNode() ? "nothing" : "JSON " + kind, todo, null);
    }
  }

  /** For a reader of one kind of file: the same object, of which nothing was read yet. */
  protected JsonObject(JsonObject read) {
    this.place = read.place;
    this.lined = read.lined;
    this.text = read.text;
    this.todo = read.todo;
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
    return new JsonObject(file.toString(), true, InputText.read(file, expected, todo), todo);
  }

  /**
   * Reads an object that is a part of a file, such as a line.
   *
   * @param place the file and the part, for messages
   * @param todo what to do about wrong content
   * @throws InvalidInputException if it is not one object
   */
  public static JsonObject parse(String place, byte[] utf8, String todo) {
    return new JsonObject(place, false, InputText.utf8(place, utf8), todo);
  }

  private static InvalidInputException notOneObject(
      String where, String found, String todo, Throwable cause) {
    return new InvalidInputException(where, found, "one JSON object, each key once", todo, cause);
  }

  /** File, line and key, as an error names them. */
  public final String where(String key) {
    if (lines == null) {
      lines = lined ? lines() : Map.of();
    }
    Integer line = lines.get(key);
    return place + (line == null ? "" : ":" + line) + " key " + key;
  }

  private Map<String, Integer> lines() {
    Map<String, Integer> byKey = new HashMap<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      int depth = 0;
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        depth += t.isStructStart() ? 1 : t.isStructEnd() ? -1 : 0;
        if (t == JsonToken.FIELD_NAME && depth == 1) {
          byKey.put(parser.currentName(), parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("parsed before: " + place, e);
    }
    return byKey;
  }

  /** Notes a problem with one key. */
  public final void problem(String key, String found, String expected, String todo) {
    problems.add(where(key), found, expected, todo);
  }

  /** Notes every problem of a part that was checked on its own. */
  public final void problems(InvalidInputException part) {
    problems.addAll(part);
  }

  /** Whether the key is there, be its value null. */
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

  /** The value of a key if it is of a kind; empty if absent, null or, with a problem, not. */
  public final Optional<JsonNode> value(String key, Predicate<JsonNode> kind, String expected) {
    Optional<JsonNode> value = value(key);
    value.filter(kind.negate()).ifPresent(n -> problem(key, n.toString(), expected, todo));
    return value.filter(kind);
  }

  /** The value of a key if it is of a kind; empty, with a problem, in every other case. */
  public final Optional<JsonNode> required(String key, Predicate<JsonNode> kind, String expected) {
    if (value(key).isEmpty()) {
      problem(key, has(key) ? "null" : "nothing", expected, todo);
    }
    return value(key, kind, expected);
  }

  /** A whole number that has to be there; 0, with a problem, if it is not. */
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
        problem(key, entry.getKey() + ": " + entry.getValue(), expected, todo);
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
      problem(key, root.get(key).toString(), supported.toString(), todo);
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
