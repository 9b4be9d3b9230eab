package io.buckbench.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InputPath;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.TargetModules;
import io.buckbench.record.Declaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The settings of a method: those of its file, and those in a row's column {@code settings}, which
 * take precedence. In a row, pairs of key and value are separated by semicolons, and the elements
 * of a list by spaces: {@code r=8; target_modules=q_proj v_proj}.
 */
public final class MethodSettings {
  /** PEFT's names of the method and the task, which no two files of a method differ in. */
  private static final List<String> SAME = List.of("peft_type", "task_type");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private MethodSettings() {}

  /**
   * The settings of a row as text, for comparing rows.
   *
   * @param benchmarks the folder {@code benchmarks}
   * @return empty if the row trains nothing and if it leaves everything to PEFT's defaults
   * @throws InvalidInputException if the method's file does not hold one JSON object
   */
  public static Map<String, String> of(Path benchmarks, Declaration row) {
    Map<String, String> texts = new LinkedHashMap<>();
    json("settings", file(benchmarks, row), row.value(SuiteColumn.SETTINGS))
        .properties()
        .forEach(key -> texts.put(key.getKey(), text(key.getValue())));
    texts.keySet().removeAll(SAME);
    return texts;
  }

  private static Optional<Path> file(Path benchmarks, Declaration row) {
    String variant = row.value("variant");
    if (row.method().isEmpty() || variant.isEmpty()) {
      return Optional.empty();
    }
    Path folder = InputPath.child(benchmarks.resolve("methods"), "column method", row.method());
    return Optional.of(InputPath.child(folder, "column variant", variant + ".json"))
        .filter(Files::isRegularFile);
  }

  /**
   * The settings of a row as an adapter configuration.
   *
   * @param where the place of the column, for errors
   * @param file the method's file, if the row names one
   * @param settings the value of the column
   * @throws InvalidInputException for pairs that are not {@code key=value}, and a malformed file
   */
  static ObjectNode json(String where, PeftMethod method, Optional<Path> file, String settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("peft_type", method.name());
    json.setAll(json(where, file, settings));
    return json;
  }

  private static ObjectNode json(String where, Optional<Path> file, String settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    file.ifPresent(
        f ->
            JsonObject.read(f, "a method file", "correct it")
                .properties()
                .forEach(key -> json.set(key.getKey(), key.getValue())));
    for (String pair : settings.split(";")) {
      if (pair.isBlank()) {
        continue;
      }
      int at = pair.indexOf('=');
      if (at < 1 || pair.substring(0, at).isBlank() || pair.substring(at + 1).isBlank()) {
        throw new InvalidInputException(
            where,
            "'" + pair.strip() + "'",
            "key=value pairs separated by semicolons, such as r=8; lora_alpha=16",
            "correct the pair");
      }
      String key = pair.substring(0, at).strip();
      json.set(key, value(key, pair.substring(at + 1).strip()));
    }
    return json;
  }

  /** A JSON value as it is written; otherwise a text, or a list for module names and for spaces. */
  private static JsonNode value(String key, String text) {
    boolean list =
        key.endsWith("_modules") && !text.equals(TargetModules.ALL_LINEAR) || text.indexOf(' ') > 0;
    return literal(text)
        .orElseGet(
            () -> {
              if (!list) {
                return JsonNodeFactory.instance.textNode(text);
              }
              ArrayNode elements = JsonNodeFactory.instance.arrayNode();
              for (String element : text.split(" +")) {
                elements.add(literal(element).orElse(JsonNodeFactory.instance.textNode(element)));
              }
              return elements;
            });
  }

  private static Optional<JsonNode> literal(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
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
