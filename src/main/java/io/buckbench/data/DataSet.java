package io.buckbench.data;

import io.buckbench.files.Digests;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A declared data set: where its rows are, what their columns mean, and how they are divided.
 *
 * @param where file and line of the declaration, for errors
 * @param id its name
 * @param files the files of train, validation and test, relative to the directory of all data sets;
 *     a part without a file is drawn from the file of the part before it
 * @param format {@code jsonl} or {@code csv}; empty for what the file's name says
 * @param division how parts without a file are made
 * @param columns field to column, for fields that have another name in the file
 * @param answerColumn the column of the right answer; empty for {@code answer}, or {@code label} in
 *     files without that
 * @param words the words of the answers
 * @param values what the file writes for an answer, in lower case, to its word; the words
 *     themselves need no entry
 * @param required the fields that every row must have
 * @param distinct a field whose texts no two parts may share: rows of test with a text of train are
 *     left out, and rows of validation with one of train or test; empty for none
 * @param sha256 SHA-256 of each file, in order; empty if any content is accepted
 */
public record DataSet(
    String where,
    String id,
    Files files,
    String format,
    Division division,
    Map<String, String> columns,
    String answerColumn,
    List<String> words,
    Map<String, String> values,
    Set<String> required,
    String distinct,
    List<String> sha256) {
  /** The files of the parts; of those of validation and test one or both may be missing. */
  public record Files(String train, Optional<String> validation, Optional<String> test) {
    List<String> all() {
      List<String> all = new ArrayList<>(List.of(train));
      validation.ifPresent(all::add);
      test.ifPresent(all::add);
      return all;
    }
  }

  /** What files write for yes and no. */
  public static final Map<String, String> YES_NO_VALUES =
      Map.of("true", "yes", "1", "yes", "false", "no", "0", "no");

  /**
   * Yes/no questions in a file that is not declared: the columns are the fields, and the answer is
   * in {@code answer} or {@code label} as yes, no, true, false, 1 or 0.
   *
   * @param file the file
   * @param required the fields that every row must have
   */
  public static DataSet yesNo(Path file, Set<String> required) {
    return new DataSet(
        file.toString(),
        file.getFileName().toString(),
        new Files(file.toString(), Optional.empty(), Optional.empty()),
        "",
        Division.STANDARD,
        Map.of(),
        "",
        Answers.YES_NO.words(),
        YES_NO_VALUES,
        required,
        "",
        List.of());
  }

  /** The files, in a directory of data sets. */
  public List<Path> paths(Path directory) {
    return files.all().stream().map(directory::resolve).toList();
  }

  /**
   * Reads and divides the rows.
   *
   * @param directory the directory of all data sets
   * @throws InvalidInputException for a missing file, another content than declared, and rows that
   *     cannot be used, with file and line
   */
  public DataSplits read(Path directory) {
    requireDigests(directory);
    List<Example> first = rows(directory.resolve(files.train()));
    Optional<List<Example>> second = files.validation().map(directory::resolve).map(this::rows);
    Optional<List<Example>> third = files.test().map(directory::resolve).map(this::rows);
    List<List<Example>> parts = division.parts(first, second, third, words.size());
    List<Example> test = without(parts.get(2), parts.get(0));
    List<Example> validation = without(without(parts.get(1), parts.get(0)), test);
    requireRows("train", parts.get(0));
    requireRows("validation", validation);
    requireRows("test", test);
    return DataSplits.of(words, parts.get(0), validation, test);
  }

  /** What decides which examples the files give, as a text. */
  public String settings() {
    // Sorted, since the order of the pairs means nothing.
    return List.of(
            files,
            format,
            division,
            new TreeMap<>(columns),
            answerColumn,
            words,
            new TreeMap<>(values),
            distinct)
        .toString();
  }

  /** Reads one file as a list of examples, without dividing it. */
  public List<Example> rows(Path file) {
    return new LabelledRows(this).read(file);
  }

  private void requireDigests(Path directory) {
    Problems problems = new Problems();
    List<Path> paths = paths(directory);
    for (int i = 0; i < sha256.size(); i++) {
      Path file = paths.get(i);
      if (java.nio.file.Files.isRegularFile(file)) {
        String found = Digests.ofFile(file);
        if (!found.equals(sha256.get(i))) {
          problems.add(
              file.toString(),
              "sha256 " + found,
              "that of " + id + ", " + sha256.get(i) + " (" + where + ")",
              "put the files of "
                  + id
                  + " there, or declare these rows under an id of their own"
                  + " in datasets.csv");
        }
      }
    }
    problems.throwIfAny();
  }

  /** The rows whose distinct field has no text of other rows. */
  private List<Example> without(List<Example> rows, List<Example> others) {
    if (distinct.isEmpty()) {
      return rows;
    }
    Set<String> texts = others.stream().map(e -> e.field(distinct)).collect(Collectors.toSet());
    return rows.stream().filter(e -> !texts.contains(e.field(distinct))).toList();
  }

  private void requireRows(String part, List<Example> rows) {
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          where,
          "no row left for the part " + part + " of " + id,
          "at least one row in train, validation and test"
              + (distinct.isEmpty() ? "" : " whose " + distinct + " is in no other part"),
          "give more rows, another split, or a file for the part");
    }
  }
}
