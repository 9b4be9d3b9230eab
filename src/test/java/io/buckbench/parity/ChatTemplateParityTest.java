package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.data.jinja.JinjaTemplate;
import io.buckbench.data.jinja.None;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Chat templates against Transformers: {@code src/bench/chat_templates.py} wrote the cases.
 * -Dbuckbench.chat=FILE compares another output of it.
 */
class ChatTemplateParityTest {
  private static final Path CASES =
      Path.of(System.getProperty("buckbench.chat", "src/test/resources/parity/chat/cases.jsonl"));

  private static Object value(JsonNode json) {
    if (json.isObject()) {
      Map<Object, Object> map = new LinkedHashMap<>();
      json.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
      return map;
    }
    if (json.isArray()) {
      List<Object> list = new ArrayList<>();
      json.forEach(item -> list.add(value(item)));
      return list;
    }
    if (json.isTextual()) {
      return json.textValue();
    }
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    return json.isNull()
        ? None.NONE
        : json.isIntegralNumber() ? (Object) json.longValue() : (Object) json.doubleValue();
  }

  private static String rendered(String template, JsonNode variables) {
    Map<String, Object> values = new HashMap<>();
    variables.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
    values.put("documents", None.NONE);
    try {
      return "text " + JinjaTemplate.parse("it", template).render(values);
    } catch (InvalidInputException e) {
      return "error " + e.getMessage();
    }
  }

  @Test
  void every_template_gives_the_text_of_transformers_or_an_error_where_it_has_one()
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<Integer, String> templates = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (String line : Files.readAllLines(CASES)) {
      JsonNode row = json.readTree(line);
      int number = row.get("number").asInt();
      if (row.has("template")) {
        templates.put(number, row.get("template").asText());
      }
      String ours = rendered(templates.get(number), row.get("variables"));
      boolean same =
          row.has("text")
              ? ours.equals("text " + row.get("text").asText())
              : ours.startsWith("error ");
      if (!same) {
        String theirs = row.has("text") ? row.get("text").asText() : row.get("error").asText();
        wrong.add(row.get("label").asText() + "\n" + ours + "\nexpected " + theirs);
      }
    }
    assertThat(wrong.size()).as("%d wrong:%n%s", wrong.size(), String.join("\n", wrong)).isZero();
  }
}
