package io.buckbench.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.InvalidInputException;
import java.util.Map;

/**
 * Refuses what makes the native tokenizer library end the whole process instead of reporting an
 * error: numbers that no double holds, deep nesting, a template with a special token that it does
 * not declare or a second text where there is one, and merges without the prefix that is cut off.
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
    if (value.path("continuing_subword_prefix").isTextual()) {
      checkPrefix(value, key);
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
        if (side.equals("single") && piece.path("Sequence").path("id").asText().equals("B")) {
          throw refused(key + "." + side, "the sequence B", "only A, since there is one text");
        }
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

  /** The library cuts this prefix off the second part of each merge, without a look at it. */
  private void checkPrefix(JsonNode model, String key) {
    String prefix = model.path("continuing_subword_prefix").asText();
    for (JsonNode merge : model.path("merges")) {
      String second =
          merge.isArray() ? merge.path(1).asText() : merge.asText().replaceFirst("[^ ]* ?", "");
      if (!second.startsWith(prefix)) {
        throw refused(
            key + ".merges",
            merge.toString(),
            "a second part that begins with continuing_subword_prefix '" + prefix + "'");
      }
    }
  }

  private InvalidInputException refused(String key, String found, String expected) {
    return new InvalidInputException(file + " key " + key, found, expected, TODO);
  }
}
