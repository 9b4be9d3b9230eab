package io.buckbench.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * JSON lines as BoolQ publishes them: one object a line with {@code question}, {@code passage} and
 * {@code answer}, and, where a file has them, {@code title}, {@code level} and {@code idx}.
 *
 * <p>A title is checked and not used: Google's own release and the copies without titles then give
 * the same examples. (SuperGLUE writes it into the passage, as {@code title -- passage}.)
 */
public final class YesNoFile {
  /** More would scroll the first ones away. */
  private static final int MOST_PROBLEMS = 20;

  private static final Set<String> TEXTS = Set.of("question", "passage", "title", "level");
  private static final Set<String> REQUIRED = Set.of("question", "passage", "answer");
  private static final String KEYS = "question, passage, answer (and title, level, idx)";
  private static final String MEND = "mend the line, or fetch the file again";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private YesNoFile() {}

  /**
   * All rows, in the order of the file; each is named {@code <file name>:<line>}.
   *
   * @throws InvalidInputException with every bad line up to 20, or for a file without rows
   */
  public static List<YesNoExample> read(Path file) {
    List<byte[]> lines = lines(bytes(file));
    List<YesNoExample> examples = new ArrayList<>(lines.size());
    List<Problem> problems = new ArrayList<>();
    for (int line = 1; line <= lines.size() && problems.size() < MOST_PROBLEMS; line++) {
      int before = problems.size();
      JsonNode row = parse(file + ":" + line, lines.get(line - 1), problems);
      if (problems.size() == before) {
        check(file + ":" + line, row, problems);
      }
      if (problems.size() == before) {
        examples.add(example(file.getFileName() + ":" + line, row));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    if (examples.isEmpty()) {
      throw new InvalidInputException(
          file.toString(), "no rows", "one JSON object a line", "fetch the file again");
    }
    return List.copyOf(examples);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          file.toString(), "no such file", "JSON lines", "fetch the data, or check --data-dir", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** Split before decoding, so that a byte that is not UTF-8 is found on its line. */
  private static List<byte[]> lines(byte[] all) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= all.length; at++) {
      if (at == all.length ? from < at : all[at] == '\n') {
        int end = at > from && all[at - 1] == '\r' ? at - 1 : at;
        lines.add(Arrays.copyOfRange(all, from, end));
        from = at + 1;
      }
    }
    return lines;
  }

  private static JsonNode parse(String where, byte[] line, List<Problem> problems) {
    try {
      // A new decoder reports malformed bytes; the constructor of String would replace them.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      JsonNode row = JSON.readTree(text);
      if (!row.isObject()) {
        String found = row.isMissingNode() ? "an empty line" : "JSON " + row.getNodeType();
        problems.add(new Problem(where, found, "an object with " + KEYS, MEND));
      }
      return row;
    } catch (CharacterCodingException e) {
      problems.add(new Problem(where, "bytes that are not UTF-8", "UTF-8 text", MEND));
    } catch (JsonProcessingException e) {
      problems.add(new Problem(where, e.getOriginalMessage(), "one JSON object", MEND));
    }
    return null;
  }

  private static void check(String where, JsonNode row, List<Problem> problems) {
    for (String key : List.of("question", "passage", "answer")) {
      if (!row.has(key)) {
        problems.add(new Problem(where, "no " + key, KEYS, MEND));
      }
    }
    for (Map.Entry<String, JsonNode> entry : row.properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      String at = where + " key " + key;
      if (TEXTS.contains(key)) {
        boolean blankAllowed = !REQUIRED.contains(key);
        if (!value.isTextual() || (!blankAllowed && value.asText().isBlank())) {
          problems.add(new Problem(at, value.toString(), "a text that is not blank", MEND));
        }
      } else if (key.equals("answer")) {
        if (!value.isBoolean()) {
          problems.add(new Problem(at, value.toString(), "true or false", MEND));
        }
      } else if (key.equals("idx")) {
        if (!value.isIntegralNumber()) {
          problems.add(new Problem(at, value.toString(), "a whole number", MEND));
        }
      } else {
        problems.add(new Problem(at, "an unknown key", KEYS, "remove or rename it"));
      }
    }
  }

  private static YesNoExample example(String id, JsonNode row) {
    return new YesNoExample(
        id,
        row.get("question").asText(),
        row.get("passage").asText(),
        row.get("answer").asBoolean(),
        row.path("level").asText());
  }
}
