package io.buckbench.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.InputPath;
import io.buckbench.input.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The settings in a method file as text, for comparing rows. */
public final class MethodSettings {
  /** PEFT's names of the method and the task, which no two files of a method differ in. */
  private static final List<String> SAME = List.of("peft_type", "task_type");

  private MethodSettings() {}

  /**
   * The keys of a method file with their values.
   *
   * @param benchmarks the folder {@code benchmarks}
   * @return empty if there is no such file, as for a row that trains nothing
   * @throws io.buckbench.input.InvalidInputException if the file does not hold one JSON object
   */
  public static Map<String, String> read(Path benchmarks, String method, String variant) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (method.isEmpty()) {
      return settings;
    }
    Path folder = InputPath.child(benchmarks.resolve("methods"), "column method", method);
    Path file = InputPath.child(folder, "column variant", variant + ".json");
    if (Files.isRegularFile(file)) {
      JsonObject.read(file, "a method file", "correct it")
          .properties()
          .forEach(key -> settings.put(key.getKey(), text(key.getValue())));
    }
    settings.keySet().removeAll(SAME);
    return settings;
  }

  /** A value, or the elements of a list without its brackets. */
  private static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(" "))
        : value.asText();
  }
}
