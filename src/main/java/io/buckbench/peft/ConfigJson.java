package io.buckbench.peft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** An {@code adapter_config.json}, with accessors for PEFT's kinds of values. */
public final class ConfigJson extends JsonObject {
  private static final String TODO =
      "use a file like those in benchmarks/methods, or that of a saved adapter";

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

  /** Module names: a list of strings, or one string, which PEFT treats as a regular expression. */
  public Optional<TargetModules> modules(String key) {
    Optional<JsonNode> value =
        value(
            key,
            n -> n.isTextual() || n.isArray() && names(n).size() == n.size(),
            "a list of different module names or one regular expression");
    try {
      return value.map(
          n ->
              n.isTextual()
                  ? TargetModules.matching(n.textValue())
                  : TargetModules.named(List.copyOf(names(n))));
    } catch (InvalidInputException e) {
      e.problems().forEach(p -> problem(key, p.found(), p.expected(), p.todo()));
      return Optional.empty();
    }
  }

  private static Set<String> names(JsonNode list) {
    Set<String> names = new TreeSet<>();
    list.forEach(n -> names.add(n.isTextual() ? n.textValue() : n.toString()));
    return names;
  }

  /** Accepts keys of unsupported PEFT features only if the features are switched off. */
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
                      "null, false or empty: BuckBench does not support this feature of PEFT",
                      "switch it off or remove the key"));
    }
  }

  /** {@inheritDoc} Every key that was not read is a problem too. */
  @Override
  public <T> T build(Supplier<T> make) {
    refuseUnknownKeys();
    return super.build(make);
  }
}
