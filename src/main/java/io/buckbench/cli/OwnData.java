package io.buckbench.cli;

import io.buckbench.data.Answers;
import io.buckbench.data.DataOutline;
import io.buckbench.files.CsvText;
import io.buckbench.files.Digests;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The declarations of a new project for a file of one's own.
 *
 * @param file the file
 * @param id the data set's name
 * @param outline what is in the file
 */
record OwnData(Path file, String id, DataOutline outline) {
  /** Shares of train, validation and test; the default of one tenth for test is few of few rows. */
  private static final String SPLIT = "60/15/25";

  /** The smallest part is not empty for each answer from this number of rows on. */
  private static final int LEAST_ROWS = 20;

  /**
   * Looks at a file.
   *
   * @param answer the column of the right answer, if it was named
   * @throws InvalidInputException if it is no data set
   */
  static OwnData of(Path file, Optional<String> answer) {
    DataOutline outline = DataOutline.of(file, answer);
    if (outline.rows() < LEAST_ROWS) {
      throw new InvalidInputException(
          file.toString(),
          outline.rows() + " rows",
          "at least " + LEAST_ROWS + ", to train on, to validate and to test",
          "give more rows");
    }
    String name = file.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", "");
    String id = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return new OwnData(file, id.isEmpty() ? "mine" : id, outline);
  }

  /** The place of the file in a project's folder of data sets. */
  String place() {
    return id + "/" + file.getFileName();
  }

  /** The file itself. */
  byte[] content() {
    return InputText.bytes(file, "a file of rows", "check the path");
  }

  /** The prompt: each field on a line, then the answer. */
  String prompt() {
    StringBuilder text = new StringBuilder("cut: " + outline.longest() + "\n---\n");
    outline
        .fields()
        .forEach((field, column) -> text.append(column.strip() + ": {" + field + "}\n"));
    return text.append(asked()).append(":\n").toString();
  }

  private String asked() {
    boolean unnamed = List.of("answer", "label").contains(outline.answer());
    return unnamed ? "answer" : outline.answer().strip();
  }

  /** The row of {@code datasets.csv}. */
  String declaration() {
    String fields =
        outline.fields().entrySet().stream()
            .filter(field -> !field.getKey().equals(field.getValue()))
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("|"));
    List<String> columns =
        List.of(
            id,
            place(),
            SPLIT,
            outline.answer(),
            String.join("|", outline.words()),
            "",
            fields,
            id,
            Digests.ofFile(file),
            "",
            "my own");
    CsvText csv = new CsvText(columns);
    return csv.toString().strip();
  }

  /**
   * The suite.
   *
   * @param template with names in braces
   * @param testItems number of rows of the test part
   * @param longest number of tokens of the longest answer
   */
  String suite(String template, int testItems, int longest) {
    return filled(
        template,
        Map.of(
            "data", id,
            "items", testItems + "",
            "new", longest + 1 + "",
            "longest", longest + "",
            "words", new Answers(outline.words(), 0).either()));
  }

  /** A template with values in the place of names in braces. */
  static String filled(String template, Map<String, String> values) {
    String text = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  /** What was understood of the file. */
  String words() {
    return String.format(
        Locale.ROOT,
        "%d rows of %s: the right answer is in column %s, one of %s; the model is shown %s",
        outline.rows(),
        file,
        outline.answer(),
        outline.words(),
        outline.fields().values());
  }
}
