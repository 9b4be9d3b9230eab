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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** An escaped half of a surrogate pair; any other escape is matched too, but not captured. */
  private static final Pattern SURROGATE =
      Pattern.compile("\\\\(?:u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", Pattern.DOTALL);

  /**
   * Parses the text.
   *
   * @throws InvalidInputException if it is not one object with each key once
   */
  JsonNode parse() {
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root.isObject()) {
        Optional<String> broken = loneSurrogate(text);
        if (broken.isPresent()) {
          throw new InvalidInputException(place, broken.get(), "Unicode text", todo);
        }
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

  /**
   * Describes an escape of half a surrogate pair, such as {@code \\ud83d} without its other half.
   * The text itself, decoded from UTF-8, has none that is not an escape.
   */
  static Optional<String> loneSurrogate(String json) {
    StringBuilder halves = new StringBuilder();
    int last = -1;
    Matcher escape = SURROGATE.matcher(json);
    while (escape.find()) {
      if (escape.start() != last) {
        halves.append(' ');
      }
      if (escape.group(1) != null) {
        halves.append((char) Integer.parseInt(escape.group(1), 16));
        last = escape.end();
      }
    }
    int at = Unicode.loneSurrogate(halves.toString());
    return at < 0
        ? Optional.empty()
        : Optional.of(
            String.format(Locale.ROOT, "\\u%04x without its other half", (int) halves.charAt(at)));
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
