package io.buckbench.peft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An {@code adapter_config.json}, with accessors for PEFT's kinds of values. */
public final class ConfigJson extends JsonObject {
  private static final String TODO =
      "use a file like those in benchmarks/methods, or that of a saved adapter";
  private static final Logger LOG = LoggerFactory.getLogger(ConfigJson.class);

  /** Notices that were given, since a file is read several times in a run. */
  private static final Set<String> GIVEN = ConcurrentHashMap.newKeySet();

  private ConfigJson(JsonObject json) {
    super(json);
  }

  /**
   * Reads a file whose top level is one JSON object.
   *
   * @throws InvalidInputException if it is missing or malformed
   */
  static ConfigJson read(Path file) {
    return new ConfigJson(
        JsonObject.read(file, "an adapter configuration, as PEFT's adapter_config.json", TODO));
  }

  /** The same object from another source than a file. */
  static ConfigJson of(String where, ObjectNode settings) {
    return new ConfigJson(
        JsonObject.parse(where, settings.toString().getBytes(StandardCharsets.UTF_8), TODO));
  }

  /**
   * Module names: a list of strings, or one string, which PEFT treats as a regular expression.
   * Empty if the key is absent or null.
   */
  public Optional<TargetModules> modules(String key) {
    Optional<TargetModules> modules =
        value(key, n -> n.isTextual() || isStrings(n), "a list of names or one regular expression")
            .map(
                n ->
                    n.isTextual()
                        ? TargetModules.matching(n.textValue())
                        : TargetModules.named(texts(n)));
    modules.filter(m -> !m.allLinear()).ifPresent(m -> part(() -> m.matcher(key), null));
    return modules;
  }

  /** Module names whose key is empty where Python would find it empty. */
  public Optional<TargetModules> optionalModules(String key) {
    return isFalsy(key) ? Optional.empty() : modules(key);
  }

  /**
   * A list of strings; empty where Python would find it empty.
   *
   * @param single whether one string may stand for a list of it
   */
  List<String> strings(String key, boolean single) {
    if (isFalsy(key)) {
      return List.of();
    }
    return value(
            key,
            n -> isStrings(n) || single && n.isTextual(),
            single ? "a list of strings or one string" : "a list of strings")
        .map(n -> n.isTextual() ? List.of(n.textValue()) : texts(n))
        .orElse(List.of());
  }

  /** An object with regular expressions as keys and numbers as values, in its order. */
  public Map<String, Double> numbersByPattern(
      String key, Predicate<JsonNode> kind, String expected) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    String object = "an object of regular expressions with " + expected;
    value(key, JsonNode::isObject, object)
        .map(JsonNode::properties)
        .orElse(Set.of())
        .forEach(
            entry -> {
              if (kind.test(entry.getValue())) {
                numbers.put(entry.getKey(), entry.getValue().doubleValue());
                part(() -> patternMatcher(key, entry.getKey()), null);
              } else {
                problem(key, entry.getKey() + ": " + entry.getValue(), object, TODO);
              }
            });
    return numbers;
  }

  /** Matches full names as PEFT's {@code get_pattern_key}: their end, from a dot or the start. */
  public static Predicate<String> patternMatcher(String key, String pattern) {
    PythonPattern end = PythonPattern.of(key, "(.*\\.)?(" + pattern + ")$");
    return path -> end.atStartOf(path).lookingAt();
  }

  /**
   * Creates a part of the settings from keys that were read.
   *
   * @param make calls a constructor; the {@code where} of its problems must be a key
   * @param otherwise returned after recording its problems
   */
  public <T> T part(Supplier<T> make, T otherwise) {
    try {
      return make.get();
    } catch (InvalidInputException e) {
      e.problems().forEach(p -> problem(p.where(), p.found(), p.expected(), p.todo()));
      return otherwise;
    }
  }

  private static boolean isStrings(JsonNode list) {
    return list.isArray() && texts(list).size() == list.size();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(
        n -> {
          if (n.isTextual()) {
            texts.add(n.textValue());
          }
        });
    return texts;
  }

  /** Whether Python's {@code if} would find a value false: {@code false}, 0, null or empty. */
  private boolean isFalsy(String key) {
    return value(key)
        .map(
            n ->
                n.isContainerNode()
                    ? n.isEmpty()
                    : n.isBoolean()
                        ? !n.booleanValue()
                        : n.isNumber() ? n.doubleValue() == 0 : n.asText().isEmpty())
        .orElse(true);
  }

  /**
   * Accepts keys of features that are not supported if Python would find them switched off.
   *
   * @param keys keys that PEFT tests with {@code if}: {@code false}, 0 and everything empty is off
   */
  public void off(String... keys) {
    for (String key : keys) {
      if (!isFalsy(key)) {
        unsupported(key, "null, false or empty");
      }
    }
  }

  /**
   * Accepts keys of features that are not supported if they are null.
   *
   * @param keys keys of nested settings, which PEFT switches on even by an empty object
   */
  public void mustBeNull(String... keys) {
    for (String key : keys) {
      if (value(key).isPresent()) {
        unsupported(key, "null");
      }
    }
  }

  /** Accepts a key of a feature that is not supported if it is null or has PEFT's default. */
  public void mustBeDefault(String key, String defaultValue) {
    if (value(key).filter(n -> !n.asText().equals(defaultValue)).isPresent()) {
      unsupported(key, defaultValue);
    }
  }

  private void unsupported(String key, String expected) {
    problem(
        key,
        value(key).orElseThrow().toString(),
        expected + ", PEFT's default: BuckBench does not support this feature of PEFT",
        "switch it off or remove the key");
  }

  /** {@inheritDoc} Every key that was not read is a problem too, unless it is null. */
  @Override
  public <T> T build(Supplier<T> make) {
    for (String key : unread()) {
      if (value(key).isEmpty() && GIVEN.add(where(key))) {
        LOG.warn("{}: PEFT 0.21 has no such key; it is null, so it is ignored", where(key));
      }
    }
    refuseUnknownKeys();
    return super.build(make);
  }

  /** The keys that were not read and hold null. */
  private List<String> unread() {
    return properties().stream()
        .filter(entry -> entry.getValue().isNull() && !isRead(entry.getKey()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
