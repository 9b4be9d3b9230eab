package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the rows of a file as examples, by what a data set declares of its columns. */
final class LabelledRows {
  private static final String LEVEL = "level";
  private static final List<String> ANSWER_COLUMNS = List.of("answer", "label");
  private static final Set<String> UNLABELLED = Set.of("", "-1");
  private static final String NOT_TEXT = "idx";

  private final DataSet set;

  /** A reader of rows of a data set. */
  LabelledRows(DataSet set) {
    this.set = set;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException for rows that cannot be used, with file and line
   */
  List<Example> read(Path file) {
    Problems problems = new Problems();
    List<Example> examples = new ArrayList<>();
    Answers answers = new Answers(set.words(), 0);
    for (DataFile.Row row : DataFile.read(file, set.format())) {
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
    set.columns()
        .forEach(
            (field, column) -> {
              fields.remove(column);
              if (row.values().containsKey(column)) {
                fields.put(field, row.values().get(column));
              }
            });
    for (String field : set.required()) {
      if (fields.getOrDefault(field, "").isBlank()) {
        String column = set.columns().getOrDefault(field, field);
        problems.add(
            row.where(column),
            fields.containsKey(field) ? "'" + fields.get(field) + "'" : "nothing",
            "a text that is not blank, since the prompt of " + set.id() + " shows it",
            "correct the row, or name another prompt, or the column in fields, in datasets.csv");
      }
    }
    int index = answer(row, answer, answers, problems);
    problems.throwIfAny();
    return new Example(row.id(), fields, index, row.values().getOrDefault(LEVEL, ""));
  }

  private String answerColumn(DataFile.Row row) {
    return set.answerColumn().isEmpty()
        ? ANSWER_COLUMNS.stream()
            .filter(row.values()::containsKey)
            .findFirst()
            .orElse(ANSWER_COLUMNS.get(0))
        : set.answerColumn();
  }

  private int answer(DataFile.Row row, String column, Answers answers, Problems problems) {
    String found = row.values().getOrDefault(column, "").strip();
    int answer = answers.of(set.values().getOrDefault(Answers.normal(found), found));
    if (answer != Answers.OTHER) {
      return answer;
    }
    Set<String> known = new LinkedHashSet<>(set.words());
    known.addAll(new TreeSet<>(set.values().keySet()));
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
}
