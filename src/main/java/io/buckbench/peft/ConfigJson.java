package io.buckbench.peft;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * One {@code adapter_config.json}, read key by key. Every key must be asked for before {@link
 * #build}, or it is an unknown one; whatever is wrong is told at once, with file and line.
 */
public final class ConfigJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final JsonNode root;
  private final Map<String, Integer> lines;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Problems problems = new Problems();

  private ConfigJson(String file, JsonNode root, Map<String, Integer> lines) {
    this.file = file;
    this.root = root;
    this.lines = lines;
  }

  /**
   * Reads a file whose top level is one JSON object.
   *
   * @throws InvalidInputException if it is missing or not such a file
   */
  public static ConfigJson read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(),
          "no readable file (" + e.getClass().getSimpleName() + ")",
          "an adapter configuration in JSON, as PEFT's adapter_config.json",
          "give the path of a file under benchmarks/methods or of a saved adapter",
          e);
    }
    try {
      JsonNode root = MAPPER.readTree(text);
      if (!root.isObject()) {
        throw new InvalidInputException(
            file + ":1", root.getNodeType().toString(), "one JSON object", "write { ... }");
      }
      return new ConfigJson(file.toString(), root, linesOf(text));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          file + ":" + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          e.getOriginalMessage(),
          "well-formed JSON without repeated keys",
          "mend the file at this line",
          e);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, Integer> linesOf(String text) throws IOException {
    Map<String, Integer> lines = new LinkedHashMap<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      int depth = 0;
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        if (t.isStructStart()) {
          depth++;
        } else if (t.isStructEnd()) {
          depth--;
        } else if (t == JsonToken.FIELD_NAME && depth == 1) {
          lines.put(parser.currentName(), parser.currentTokenLocation().getLineNr());
        }
      }
    }
    return lines;
  }

  /** Where a key stands: file, line and key. */
  public String where(String key) {
    return file + (lines.containsKey(key) ? ":" + lines.get(key) : "") + " key " + key;
  }

  /** Notes a problem with one key. */
  public void problem(String key, String found, String expected, String todo) {
    problems.add(where(key), found, expected, todo);
  }

  /** The value of a key, empty if it is absent or null. */
  public Optional<JsonNode> value(String key) {
    asked.add(key);
    JsonNode node = root.get(key);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  /** A whole number, empty if absent or null. */
  public OptionalInt integer(String key) {
    Optional<JsonNode> node = value(key);
    if (node.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!node.get().canConvertToExactIntegral() || !node.get().canConvertToInt()) {
      wrongKind(key, node.get(), "a whole number");
      return OptionalInt.empty();
    }
    return OptionalInt.of(node.get().intValue());
  }

  /** A number, or the fallback if absent or null. */
  public double number(String key, double fallback) {
    Optional<JsonNode> node = value(key);
    if (node.isPresent() && !node.get().isNumber()) {
      wrongKind(key, node.get(), "a number");
      return fallback;
    }
    return node.map(JsonNode::doubleValue).orElse(fallback);
  }

  /** A truth value, or the fallback if absent or null. */
  public boolean flag(String key, boolean fallback) {
    Optional<JsonNode> node = value(key);
    if (node.isPresent() && !node.get().isBoolean()) {
      wrongKind(key, node.get(), "true or false");
      return fallback;
    }
    return node.map(JsonNode::booleanValue).orElse(fallback);
  }

  /** A string, empty if absent or null. */
  public Optional<String> text(String key) {
    Optional<JsonNode> node = value(key);
    if (node.isPresent() && !node.get().isTextual()) {
      wrongKind(key, node.get(), "a string");
      return Optional.empty();
    }
    return node.map(JsonNode::textValue);
  }

  /** One of an enum's names; the fallback if absent or null. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    Optional<String> name = text(key);
    for (E constant : type.getEnumConstants()) {
      if (name.isPresent() && constant.name().equals(name.get())) {
        return constant;
      }
    }
    name.ifPresent(
        n ->
            problem(
                key,
                n,
                "one of " + java.util.Arrays.toString(type.getEnumConstants()),
                "choose one of these"));
    return fallback;
  }

  /** Module names: a list of strings, or one string that PEFT takes as a regular expression. */
  public Optional<TargetModules> modules(String key) {
    Optional<JsonNode> node = value(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    JsonNode found = node.get();
    try {
      if (found.isTextual()) {
        return Optional.of(TargetModules.matching(found.textValue()));
      }
      Set<String> names = new TreeSet<>();
      found.forEach(n -> names.add(n.isTextual() ? n.textValue() : n.toString()));
      if (found.isArray() && names.size() == found.size()) {
        return Optional.of(TargetModules.named(java.util.List.copyOf(names)));
      }
      wrongKind(key, found, "a list of different module names or one regular expression");
    } catch (InvalidInputException e) {
      e.problems().forEach(p -> problem(key, p.found(), p.expected(), p.todo()));
    }
    return Optional.empty();
  }

  /** Keys that say where an adapter comes from and change no number. */
  public void note(String... keys) {
    asked.addAll(java.util.List.of(keys));
  }

  /** Keys of PEFT features that are not here: accepted only where they are switched off. */
  public void off(String... keys) {
    for (String key : keys) {
      value(key)
          .filter(n -> !(n.isBoolean() && !n.booleanValue()))
          .filter(n -> !(n.isContainerNode() && n.isEmpty()))
          .ifPresent(
              n ->
                  problem(
                      key,
                      n.toString(),
                      "null, false or empty: BuckBench does not have this feature of PEFT",
                      "switch it off or remove the key"));
    }
  }

  private void wrongKind(String key, JsonNode found, String expected) {
    problem(key, found.toString(), expected, "write " + expected);
  }

  /** Ends a reading that cannot go on: throws what was noted so far. */
  <T> T failed() {
    problems.throwIfAny();
    throw new IllegalStateException("nothing was noted");
  }

  /**
   * Makes the record from what was read.
   *
   * @param make calls the record's constructor, whose problems name PEFT's key in {@code where}
   * @throws InvalidInputException with every problem: wrong kinds, unknown keys, broken rules
   */
  public <T> T build(Supplier<T> make) {
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!asked.contains(key)) {
                problem(
                    key,
                    "an unknown key",
                    "one of " + new TreeSet<>(asked),
                    "correct its spelling or remove it");
              }
            });
    T made = null;
    try {
      made = make.get();
    } catch (InvalidInputException e) {
      for (Problem p : e.problems()) {
        problem(p.where(), p.found(), p.expected(), p.todo());
      }
    }
    problems.throwIfAny();
    return made;
  }
}
