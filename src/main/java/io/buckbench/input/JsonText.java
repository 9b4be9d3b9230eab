package io.buckbench.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The text of one JSON object and its place.
 *
 * @param place the file, with the part of it unless the text is the whole file
 * @param whole whether the text is the whole file, so that its line numbers are those of the file
 * @param text the decoded text
 * @param todo what to do about wrong content
 */
record JsonText(String place, boolean whole, String text, String todo) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Parses the text.
   *
   * @throws InvalidInputException if it is not one object with each key once
   */
  JsonNode parse() {
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root.isObject()) {
        return root;
      }
      String kind = root.getNodeType().name().toLowerCase(Locale.ROOT);
      throw notOneObject(place, root.isMissingNode() ? "nothing" : "JSON " + kind, null);
    } catch (JsonProcessingException e) {
      String line = whole && e.getLocation() != null ? ":" + e.getLocation().getLineNr() : "";
      throw notOneObject(place + line, e.getOriginalMessage(), e);
    }
  }

  private InvalidInputException notOneObject(String where, String found, Throwable cause) {
    return new InvalidInputException(where, found, "one JSON object, each key once", todo, cause);
  }

  /** The line of each top-level key, from 1; empty for a part of a file. */
  Map<String, Integer> lines() {
    Map<String, Integer> lines = new HashMap<>();
    if (!whole) {
      return lines;
    }
    try (JsonParser parser = MAPPER.createParser(text)) {
      int depth = 0;
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        depth += t.isStructStart() ? 1 : t.isStructEnd() ? -1 : 0;
        if (t == JsonToken.FIELD_NAME && depth == 1) {
          lines.put(parser.currentName(), parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(place + " could be parsed before", e);
    }
    return lines;
  }
}
