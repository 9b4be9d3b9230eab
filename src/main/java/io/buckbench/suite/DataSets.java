package io.buckbench.suite;

import io.buckbench.data.Answers;
import io.buckbench.data.DataSet;
import io.buckbench.data.DataSplits;
import io.buckbench.data.Division;
import io.buckbench.data.Prompt;
import io.buckbench.data.control.HeldOutText;
import io.buckbench.data.control.ShuffledLabels;
import io.buckbench.files.Digests;
import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The declared data sets: the rows of {@code datasets.csv}, and the directory of their files.
 * {@code docs/datasets.md} describes the columns.
 */
public final class DataSets {
  /** The optional column of the largest number of held-out texts. */
  public static final String HELD_OUT_TEXTS = "held_out_texts";

  private static final List<String> REQUIRED = List.of("id", "train", "answers");
  private static final List<String> OPTIONAL =
      List.of(
          "validation",
          "test",
          "split",
          "split_seed",
          "format",
          "fields",
          "answer",
          "values",
          "prompt",
          "distinct",
          "labels",
          "held_out",
          HELD_OUT_TEXTS,
          "sha256",
          "licence",
          "source",
          "note");

  private static final String STANDARD_PROMPT = "harness";
  private static final String SHUFFLED = "shuffled";
  private static final String CONTROL_LANGUAGE = "control-language";
  private static final String HALVES = "halves";
  private static final int STANDARD_HELD_OUT_TEXTS = 64;
  private static final int MOST_HELD_OUT_TEXTS = 10_000;

  /** A declared row with what is not part of reading it. */
  private record Declared(
      DataSet data, Prompt prompt, boolean shuffled, String heldOut, int heldOutTexts) {}

  private final Path directory;
  private final Map<String, Declared> byId;

  private DataSets(Path directory, Map<String, Declared> byId) {
    this.directory = directory;
    this.byId = byId;
  }

  /**
   * Reads the declarations; the files of the data need not exist.
   *
   * @param file {@code datasets.csv}
   * @param directory contains the files of all data sets
   * @param prompts the prompts that data sets name
   * @param problems receives the problems
   */
  public static DataSets read(Path file, Path directory, Prompts prompts, Problems problems) {
    CsvTable table = table(file, problems);
    table.requireUnique("id");
    Map<String, Declared> byId = new LinkedHashMap<>();
    table
        .map(row -> declared(row, prompts))
        .forEach(declared -> byId.put(declared.data().id(), declared));
    return new DataSets(directory, byId);
  }

  /** The rows of {@code datasets.csv} as they are written. */
  public static CsvTable table(Path file, Problems problems) {
    return CsvTable.read(file, REQUIRED, OPTIONAL, problems);
  }

  private static Declared declared(CsvRow row, Prompts prompts) {
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
    return new Declared(
        data,
        prompt,
        row.text("labels").equals(SHUFFLED),
        row.isEmpty("held_out") ? prompt.cut() : row.text("held_out"),
        heldOutTexts(row));
  }

  private static int heldOutTexts(CsvRow row) {
    return row.isEmpty(HELD_OUT_TEXTS)
        ? STANDARD_HELD_OUT_TEXTS
        : row.integer(HELD_OUT_TEXTS, 1, MOST_HELD_OUT_TEXTS);
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

  /** Every id. */
  public Collection<String> ids() {
    return byId.keySet();
  }

  /** The declaration of a data set. */
  public DataSet declared(String id) {
    return byId.get(id).data();
  }

  /** What decides which examples the files of a data set give, as a text. */
  public String settings(String id) {
    return byId.get(id).data().settings() + (byId.get(id).shuffled() ? " " + SHUFFLED : "");
  }

  /** The prompt that a data set names, for rows that name none. */
  public Prompt prompt(String id) {
    return byId.get(id).prompt();
  }

  /**
   * Reads a data set.
   *
   * @throws io.buckbench.input.InvalidInputException for a missing file and malformed rows
   */
  public DataSplits read(String id) {
    Declared declared = byId.get(id);
    DataSplits splits = declared.data().read(directory);
    // The negative control: the same rows, with the answers of each split permuted.
    return declared.shuffled()
        ? DataSplits.of(
            splits.answers().words(),
            ShuffledLabels.of(splits.train(), 1),
            ShuffledLabels.of(splits.validation(), 2),
            ShuffledLabels.of(splits.test(), 3))
        : splits;
  }

  /** The files of a data set. */
  public List<Path> files(String id) {
    return byId.get(id).data().paths(directory);
  }

  /** The digest of a data set's files; empty if one is missing. */
  public Optional<String> sha256(String id) {
    List<Path> files = files(id);
    return files.stream().allMatch(Files::isRegularFile)
        ? Optional.of(Digests.ofFiles(files))
        : Optional.empty();
  }

  /**
   * Texts on which a base model's perplexity shows what a training made it forget: text of the
   * control language, or texts of a field of the validation rows that no training row has.
   */
  public List<String> heldOut(String id, DataSplits splits) {
    String field = byId.get(id).heldOut();
    int texts = byId.get(id).heldOutTexts();
    if (field.equals(CONTROL_LANGUAGE)) {
      return HeldOutText.draw(texts);
    }
    if (field.isEmpty()) {
      return List.of();
    }
    Set<String> trained =
        splits.train().stream().map(example -> example.field(field)).collect(Collectors.toSet());
    return splits.validation().stream()
        .map(example -> example.field(field))
        .filter(text -> !trained.contains(text))
        .distinct()
        .limit(texts)
        .toList();
  }
}
