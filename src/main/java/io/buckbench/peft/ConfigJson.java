package io.buckbench.peft;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One {@code adapter_config.json}: what PEFT's keys have in common beyond other JSON. */
public final class ConfigJson extends JsonObject {
  private static final String TODO =
      "give a file like those in benchmarks/methods, or a saved adapter's";

  private ConfigJson(JsonObject json) {
    super(json);
  }

  /**
   * Reads a file whose top level is one JSON object.
   *
   * @throws InvalidInputException if it is missing or not such a file
   */
  static ConfigJson read(Path file) {
    return new ConfigJson(
        JsonObject.read(file, "an adapter configuration, as PEFT's adapter_config.json", TODO));
  }

  /** Module names: a list of strings, or one string that PEFT takes as a regular expression. */
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

  /** As in other JSON, and every key that no one read is a problem too. */
  @Override
  public <T> T build(Supplier<T> make) {
    refuseUnknownKeys();
    return super.build(make);
  }
}
