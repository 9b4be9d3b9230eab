package io.buckbench.suite;

import io.buckbench.data.Answers;
import io.buckbench.data.DataSet;
import io.buckbench.data.Division;
import io.buckbench.data.Prompt;
import io.buckbench.input.CsvRow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A row of {@code datasets.csv}: a data set with what is not part of reading it.
 *
 * @param data the data set
 * @param prompt for rows of a suite that name none
 * @param shuffled whether the answers of each part are permuted, as a negative control
 * @param heldOut the field whose texts are held out, or {@link #CONTROL_LANGUAGE}; empty for none
 * @param heldOutTexts the largest number of held-out texts
 */
record DeclaredData(
    DataSet data, Prompt prompt, boolean shuffled, String heldOut, int heldOutTexts) {
  /** The value of column {@code labels} for permuted answers. */
  static final String SHUFFLED = "shuffled";

  /** The value of column {@code held_out} for text of the control language. */
  static final String CONTROL_LANGUAGE = "control-language";

  private static final String STANDARD_PROMPT = "harness";
  private static final String HALVES = "halves";
  private static final int STANDARD_HELD_OUT_TEXTS = 64;
  private static final int MOST_HELD_OUT_TEXTS = 10_000;

  /** Reads a row; its problems go to the row's table. */
  static DeclaredData of(CsvRow row, Prompts prompts) {
    List<String> words = words(row);
    Prompt prompt =
        prompts.find(row, "prompt", row.isEmpty("prompt") ? STANDARD_PROMPT : row.text("prompt"));
    if (!row.isEmpty("labels")) {
      row.choice("labels", List.of(SHUFFLED));
    }
    if (!row.isEmpty("format")) {
      row.choice("format", List.of("jsonl", "csv"));
    }
    List<String> digests =
        row.isEmpty("sha256") ? List.of() : List.of(row.text("sha256").split(" +"));
    DataSet.Files files =
        new DataSet.Files(
            row.required("train"), optional(row, "validation"), optional(row, "test"));
    long count = 1 + (row.isEmpty("validation") ? 0 : 1) + (row.isEmpty("test") ? 0 : 1);
    if (!digests.isEmpty()
        && (digests.size() != count
            || !digests.stream().allMatch(d -> d.matches("[0-9a-f]{64}")))) {
      row.problem(
          "sha256",
          digests.size() + " digests of " + count + " files",
          "the SHA-256 of each file in 64 hexadecimal digits, separated by spaces",
          "write the digests of sha256sum, or leave it empty");
    }
    DataSet data =
        new DataSet(
            row.where("id").replace(" column id", ""),
            row.required("id"),
            files,
            row.text("format"),
            division(row),
            pairs(row, "fields", List.of(), false),
            row.text("answer"),
            words,
            values(row, words),
            required(row, prompt),
            row.text("distinct"),
            digests);
    return new DeclaredData(
        data,
        prompt,
        row.text("labels").equals(SHUFFLED),
        row.isEmpty("held_out") ? prompt.cut() : row.text("held_out"),
        heldOutTexts(row));
  }

  private static int heldOutTexts(CsvRow row) {
    return row.isEmpty(DataSets.HELD_OUT_TEXTS)
        ? STANDARD_HELD_OUT_TEXTS
        : row.integer(DataSets.HELD_OUT_TEXTS, 1, MOST_HELD_OUT_TEXTS);
  }

  /** The fields that are read with any prompt of a suite's row. */
  private static Set<String> required(CsvRow row, Prompt prompt) {
    Set<String> required = new LinkedHashSet<>(prompt.fields());
    optional(row, "distinct").ifPresent(required::add);
    optional(row, "held_out").filter(f -> !f.equals(CONTROL_LANGUAGE)).ifPresent(required::add);
    return required;
  }

  private static Optional<String> optional(CsvRow row, String column) {
    return Optional.of(row.text(column)).filter(text -> !text.isEmpty());
  }

  private static List<String> words(CsvRow row) {
    List<String> words =
        Arrays.stream(row.required("answers").split("\\|", -1)).map(String::strip).toList();
    try {
      new Answers(words, 0);
      return words;
    } catch (IllegalArgumentException e) {
      row.problem(
          "answers",
          "'" + row.text("answers") + "'",
          "two or more different words or phrases separated by |, such as yes|no",
          "correct the list");
      return Answers.YES_NO.words();
    }
  }

  /** Pairs {@code name=value} separated by {@code |}. */
  private static Map<String, String> pairs(
      CsvRow row, String column, List<String> targets, boolean lowerCase) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (row.isEmpty(column)) {
      return pairs;
    }
    for (String pair : row.text(column).split("\\|", -1)) {
      int at = pair.indexOf('=');
      String name = at < 0 ? "" : pair.substring(0, at).strip();
      String key = lowerCase ? name.toLowerCase(Locale.ROOT) : name;
      String value = pair.substring(at + 1).strip();
      if (key.isEmpty() || value.isEmpty() || !targets.isEmpty() && !targets.contains(value)) {
        row.problem(
            column,
            "'" + pair.strip() + "'",
            targets.isEmpty() ? "field=column" : "a value of the file = one of " + targets,
            "correct the pair; pairs are separated by |");
      } else if (pairs.put(key, value) != null) {
        row.problem(column, "'" + name + "' twice", "each once", "remove one of the two");
      }
    }
    return pairs;
  }

  private static Map<String, String> values(CsvRow row, List<String> words) {
    Map<String, String> values = new LinkedHashMap<>();
    if (words.containsAll(Answers.YES_NO.words())) {
      values.putAll(DataSet.YES_NO_VALUES);
    }
    values.putAll(pairs(row, "values", words, true));
    return values;
  }

  private static Division division(CsvRow row) {
    Division standard = Division.STANDARD;
    long seed =
        row.isEmpty("split_seed")
            ? standard.seed()
            : row.integer("split_seed", 0, Integer.MAX_VALUE);
    String split = row.text("split");
    if (split.equals(HALVES)) {
      if (row.isEmpty("validation") || !row.isEmpty("test")) {
        row.problem(
            "split",
            HALVES,
            "a validation file to halve and no test file",
            "name the file in column validation, or clear split");
      }
      return new Division(true, standard.shares(), seed);
    }
    if (!split.matches("([1-9][0-9]{0,6}(/[1-9][0-9]{0,6}){2})?")) {
      row.problem(
          "split",
          "'" + split + "'",
          HALVES + ", or shares of train, validation and test such as 80/10/10",
          "correct it, or leave it empty for 80/10/10");
      return standard;
    }
    List<Integer> shares =
        split.isEmpty()
            ? standard.shares()
            : Arrays.stream(split.split("/")).map(Integer::valueOf).toList();
    return new Division(false, shares, seed);
  }
}
