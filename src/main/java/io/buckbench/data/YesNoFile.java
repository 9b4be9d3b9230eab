package io.buckbench.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads JSON lines in BoolQ's format: one object per line with the keys {@code question}, {@code
 * passage} and {@code answer}, and optionally {@code title}, {@code level} and {@code idx}.
 *
 * <p>A title is checked but not used, so that Google's release and copies without titles give the
 * same examples. (SuperGLUE writes the title into the passage, as {@code title -- passage}.)
 */
public final class YesNoFile {
  /** More problems would scroll the first ones off the screen. */
  private static final int MOST_PROBLEMS = 20;

  private static final String TODO = "correct the line, or fetch the file again";

  private YesNoFile() {}

  /**
   * Reads all rows, in the order of the file; the id of a row is {@code <file name>:<line>}.
   *
   * @throws InvalidInputException with the problems of up to 20 lines, or if the file has no rows
   */
  public static List<Example> read(Path file) {
    List<byte[]> lines =
        lines(InputText.bytes(file, "JSON lines", "fetch the data, or check --data-dir"));
    List<Example> examples = new ArrayList<>(lines.size());
    List<Problem> problems = new ArrayList<>();
    for (int line = 1; line <= lines.size() && problems.size() < MOST_PROBLEMS; line++) {
      try {
        JsonObject row = JsonObject.parse(file + ":" + line, lines.get(line - 1), TODO);
        examples.add(example(file.getFileName() + ":" + line, row));
      } catch (InvalidInputException e) {
        problems.addAll(e.problems());
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

  /** Lines are split before decoding, so that bytes that are not UTF-8 are reported by line. */
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

  private static Example example(String id, JsonObject row) {
    String question = notBlank(row, "question");
    String passage = notBlank(row, "passage");
    Optional<JsonNode> answer = row.required("answer", JsonNode::isBoolean, "true or false");
    row.text("title");
    String level = row.text("level").orElse("");
    row.value("idx", JsonNode::isIntegralNumber, "a whole number");
    row.refuseUnknownKeys();
    row.throwIfAny();
    return Example.yesNo(id, question, passage, answer.get().booleanValue(), level);
  }

  private static String notBlank(JsonObject row, String key) {
    return row.required(
            key, n -> n.isTextual() && !n.textValue().isBlank(), "a string that is not blank")
        .map(JsonNode::textValue)
        .orElse("");
  }
}
