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
 * JSON lines as BoolQ publishes them: one object a line with {@code question}, {@code passage} and
 * {@code answer}, and, where a file has them, {@code title}, {@code level} and {@code idx}.
 *
 * <p>A title is checked and not used: Google's own release and the copies without titles then give
 * the same examples. (SuperGLUE writes it into the passage, as {@code title -- passage}.)
 */
public final class YesNoFile {
  /** More would scroll the first ones away. */
  private static final int MOST_PROBLEMS = 20;

  private static final String TODO = "correct the line, or fetch the file again";

  private YesNoFile() {}

  /**
   * All rows, in the order of the file; each is named {@code <file name>:<line>}.
   *
   * @throws InvalidInputException with every bad line up to 20, or for a file without rows
   */
  public static List<YesNoExample> read(Path file) {
    List<byte[]> lines =
        lines(InputText.bytes(file, "JSON lines", "fetch the data, or check --data-dir"));
    List<YesNoExample> examples = new ArrayList<>(lines.size());
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

  private static YesNoExample example(String id, JsonObject row) {
    String question = notBlank(row, "question");
    String passage = notBlank(row, "passage");
    Optional<JsonNode> answer = row.required("answer", JsonNode::isBoolean, "true or false");
    row.text("title");
    String level = row.text("level").orElse("");
    row.value("idx", JsonNode::isIntegralNumber, "a whole number");
    row.refuseUnknownKeys();
    row.throwIfAny();
    return new YesNoExample(id, question, passage, answer.get().booleanValue(), level);
  }

  private static String notBlank(JsonObject row, String key) {
    return row.required(
            key, n -> n.isTextual() && !n.textValue().isBlank(), "a text that is not blank")
        .map(JsonNode::textValue)
        .orElse("");
  }
}
