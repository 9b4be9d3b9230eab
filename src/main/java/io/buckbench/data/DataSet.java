package io.buckbench.data;

import io.buckbench.files.Digests;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
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

  /**
   * How a file is divided into parts.
   *
   * @param halves whether the validation file's first half is validation and its second half test,
   *     in the order of the file, as in the paper; otherwise parts are drawn at random
   * @param shares of train, validation and test; a file is divided in their proportions
   * @param seed of the draw
   */
  public record Division(boolean halves, List<Integer> shares, long seed) {
    /** Eight in ten rows to train on, one to validate, one to test. */
    public static final Division STANDARD = new Division(false, List.of(80, 10, 10), 1);
  }

  /** What files write for yes and no. */
  public static final Map<String, String> YES_NO_VALUES =
      Map.of("true", "yes", "1", "yes", "false", "no", "0", "no");

  private static final String LEVEL = "level";
  private static final List<String> ANSWER_COLUMNS = List.of("answer", "label");
  private static final Set<String> UNLABELLED = Set.of("", "-1");
  private static final String NOT_TEXT = "idx";

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
    List<List<Example>> parts = divided(first, second, third);
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
    Problems problems = new Problems();
    List<Example> examples = new ArrayList<>();
    Answers answers = new Answers(words, 0);
    for (DataFile.Row row : DataFile.read(file, format)) {
      try {
        examples.add(example(row, answers));
      } catch (InvalidInputException e) {
        problems.addAll(e);
        if (problems.list().size() >= DataFile.MOST_PROBLEMS) {
          break;
        }
      }
    }
    problems.throwIfAny();
    return List.copyOf(examples);
  }

  private Example example(DataFile.Row row, Answers answers) {
    Problems problems = new Problems();
    String answer = answerColumn(row);
    Map<String, String> fields = new LinkedHashMap<>(row.values());
    fields.keySet().removeAll(List.of(answer, LEVEL, NOT_TEXT));
    columns.forEach(
        (field, column) -> {
          fields.remove(column);
          if (row.values().containsKey(column)) {
            fields.put(field, row.values().get(column));
          }
        });
    for (String field : required) {
      if (fields.getOrDefault(field, "").isBlank()) {
        String column = columns.getOrDefault(field, field);
        problems.add(
            row.where(column),
            fields.containsKey(field) ? "'" + fields.get(field) + "'" : "nothing",
            "a text that is not blank, since the prompt of " + id + " shows it",
            "correct the row, or name another prompt, or the column in fields, in datasets.csv");
      }
    }
    int index = answer(row, answer, answers, problems);
    problems.throwIfAny();
    return new Example(row.id(), fields, index, row.values().getOrDefault(LEVEL, ""));
  }

  private String answerColumn(DataFile.Row row) {
    return answerColumn.isEmpty()
        ? ANSWER_COLUMNS.stream()
            .filter(row.values()::containsKey)
            .findFirst()
            .orElse(ANSWER_COLUMNS.get(0))
        : answerColumn;
  }

  private int answer(DataFile.Row row, String column, Answers answers, Problems problems) {
    String found = row.values().getOrDefault(column, "").strip();
    int answer = answers.of(values.getOrDefault(Answers.normal(found), found));
    if (answer != Answers.OTHER) {
      return answer;
    }
    Set<String> known = new LinkedHashSet<>(words);
    known.addAll(new TreeSet<>(values.keySet()));
    boolean unlabelled = UNLABELLED.contains(found);
    problems.add(
        row.where(column),
        unlabelled
            ? (found.isEmpty() ? "nothing" : found) + ": the row has no right answer"
            : "'" + found + "'",
        "one of " + known,
        unlabelled
            ? "remove rows without an answer, or use a split whose answers are published"
            : "correct the row, or say which answer this is in column values of datasets.csv");
    return 0;
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

  private List<List<Example>> divided(
      List<Example> first, Optional<List<Example>> second, Optional<List<Example>> third) {
    if (second.isPresent() && third.isPresent()) {
      return List.of(first, second.get(), third.get());
    }
    if (second.isPresent()) {
      List<Example> rows = second.get();
      List<List<Example>> two =
          division.halves()
              ? List.of(
                  rows.subList(0, rows.size() / 2), rows.subList(rows.size() / 2, rows.size()))
              : drawn(rows, division.shares().subList(1, 3));
      return List.of(first, two.get(0), two.get(1));
    }
    if (third.isPresent()) {
      List<List<Example>> two = drawn(first, division.shares().subList(0, 2));
      return List.of(two.get(0), two.get(1), third.get());
    }
    return drawn(first, division.shares());
  }

  /** Draws parts so that each has about the same share of each answer, in random order. */
  private List<List<Example>> drawn(List<Example> rows, List<Integer> shares) {
    SplittableRandom random = new SplittableRandom(division.seed());
    List<List<Example>> parts = new ArrayList<>();
    shares.forEach(share -> parts.add(new ArrayList<>()));
    int all = shares.stream().mapToInt(Integer::intValue).sum();
    for (int answer = 0; answer < words.size(); answer++) {
      int wanted = answer;
      List<Example> some =
          shuffled(rows.stream().filter(r -> r.answer() == wanted).toList(), random);
      int from = 0;
      int before = 0;
      for (int part = 0; part < parts.size(); part++) {
        before += shares.get(part);
        int to = (int) Math.round((double) some.size() * before / all);
        parts.get(part).addAll(some.subList(from, to));
        from = to;
      }
    }
    return parts.stream().map(part -> shuffled(part, random)).toList();
  }

  private static List<Example> shuffled(List<Example> rows, SplittableRandom random) {
    List<Example> shuffled = new ArrayList<>(rows);
    for (int last = shuffled.size() - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      Example held = shuffled.get(last);
      shuffled.set(last, shuffled.get(other));
      shuffled.set(other, held);
    }
    return List.copyOf(shuffled);
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
