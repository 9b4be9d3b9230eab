package io.buckbench.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.InvalidInputException;
import java.util.Map;

/**
 * Refuses what makes the native tokenizer library end the whole process instead of reporting an
 * error: numbers that no double holds, deep nesting, and a template that names a special token that
 * it does not declare.
 *
 * @param file the file, for messages
 */
record TokenizerFileCheck(String file) {
  private static final String TODO = "use the model's own tokenizer, or fetch it again";

  /** The library's parser allows 128. */
  private static final int MOST_NESTING = 100;

  /**
   * @throws InvalidInputException naming the file and the key
   */
  void check(JsonNode value, String key, int depth) {
    if (depth > MOST_NESTING) {
      throw refused(key, "more than " + MOST_NESTING + " levels of nesting", "fewer");
    }
    if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
      throw refused(key, "a number beyond those of double precision", "a smaller one");
    }
    if (value.path("type").asText().equals("TemplateProcessing")) {
      checkTemplate(value, key);
    }
    for (Map.Entry<String, JsonNode> part : value.properties()) {
      check(part.getValue(), key + "." + part.getKey(), depth + 1);
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(value.get(i), key + "[" + i + "]", depth + 1);
    }
  }

  private void checkTemplate(JsonNode template, String key) {
    for (String side : new String[] {"single", "pair"}) {
      for (JsonNode piece : template.path(side)) {
        JsonNode id = piece.path("SpecialToken").path("id");
        if (!id.isMissingNode() && !template.path("special_tokens").has(id.asText())) {
          throw refused(
              key + "." + side,
              "the special token " + id,
              "one of the template's special_tokens: " + template.path("special_tokens"));
        }
      }
    }
  }

  private InvalidInputException refused(String key, String found, String expected) {
    return new InvalidInputException(file + " key " + key, found, expected, TODO);
  }
}
