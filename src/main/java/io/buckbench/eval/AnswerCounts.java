package io.buckbench.eval;

import io.buckbench.data.Answers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The confusion table: how often each answer was given to the test items that each answer is right
 * for. All metrics of the paper are computed from it.
 *
 * @param answers the answers that items can have
 * @param table number of items by right answer, then by given answer; the last column counts texts
 *     that are none of the answers
 */
public record AnswerCounts(Answers answers, List<List<Integer>> table) {

  /**
   * @throws IllegalArgumentException if the table has another shape, a count is negative or all are
   *     zero
   */
  public AnswerCounts {
    table = table.stream().map(List::copyOf).toList();
    int columns = answers.size() + 1;
    if (table.size() != answers.size() || table.stream().anyMatch(r -> r.size() != columns)) {
      throw new IllegalArgumentException(
          table + ", must have a row for each of " + answers.words() + " and a column more");
    }
    if (table.stream().flatMap(List::stream).anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException("a count is negative: " + table);
    }
    if (table.stream().flatMap(List::stream).allMatch(n -> n == 0)) {
      throw new IllegalArgumentException("no answers: a score needs at least one test item");
    }
  }

  /** Counts answers by the strict rule of {@link Answers#of}. */
  public static AnswerCounts of(List<Prediction> predictions) {
    return of(predictions, Prediction::answer);
  }

  /**
   * Counts answers by the given rule.
   *
   * @param answer the index of a prediction's answer, or {@link Answers#OTHER}
   */
  static AnswerCounts of(List<Prediction> predictions, ToIntFunction<Prediction> answer) {
    Answers answers = predictions.isEmpty() ? Answers.UNKNOWN : predictions.get(0).answers();
    int[] wanted = predictions.stream().mapToInt(Prediction::wanted).toArray();
    int[] given = predictions.stream().mapToInt(answer).toArray();
    return of(answers, wanted, given);
  }

  /**
   * Counts answers.
   *
   * @param wanted index of the right answer of each item
   * @param given index of the given answer of each item, or {@link Answers#OTHER}
   */
  public static AnswerCounts of(Answers answers, int[] wanted, int[] given) {
    int classes = answers.size();
    List<List<Integer>> table = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      table.add(new ArrayList<>(Collections.nCopies(classes + 1, 0)));
    }
    for (int i = 0; i < wanted.length; i++) {
      List<Integer> row = table.get(wanted[i]);
      int column = given[i] == Answers.OTHER ? classes : given[i];
      row.set(column, row.get(column) + 1);
    }
    return new AnswerCounts(answers, table);
  }

  /** Number of test items. */
  public int items() {
    return classes().map(this::items).sum();
  }

  /** Number of test items with a right answer. */
  public int items(int answer) {
    return table.get(answer).stream().mapToInt(Integer::intValue).sum();
  }

  /** Number of items with a right answer that were given an answer. */
  public int count(int wanted, int given) {
    return table.get(wanted).get(given);
  }

  /**
   * A cell of the table.
   *
   * @param wanted the word of the right answer
   * @param given the word of the given answer, or {@code other}
   * @param count number of test items
   */
  public record Cell(String wanted, String given, int count) {}

  /** All cells, row by row. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (int wanted = 0; wanted < answers.size(); wanted++) {
      for (int given = 0; given <= answers.size(); given++) {
        String word = answers.word(given == answers.size() ? Answers.OTHER : given);
        cells.add(new Cell(answers.word(wanted), word, count(wanted, given)));
      }
    }
    return cells;
  }

  /** Number of right answers. */
  public int correct() {
    return classes().map(c -> count(c, c)).sum();
  }

  /** Share of right answers, 0 to 1. */
  public double accuracy() {
    return (double) correct() / items();
  }

  /** Share of right answers among the items with a right answer; NaN without such items. */
  public double recall(int answer) {
    return (double) count(answer, answer) / items(answer);
  }

  /** Mean recall of the answers that are right for some item, 0 to 1. */
  public double balancedAccuracy() {
    return meanOfClasses(this::recall);
  }

  /**
   * The harmonic mean of precision and recall of an answer, 0 to 1; a text that is none of the
   * answers lowers the recall only.
   */
  public double f1(int answer) {
    return 2.0 * count(answer, answer) / (items(answer) + given(answer));
  }

  /**
   * Mean {@link #f1} of the answers that are right for some item, as scikit-learn's {@code
   * f1_score(average="macro")} with these as {@code labels}.
   */
  public double macroF1() {
    return meanOfClasses(this::f1);
  }

  private double meanOfClasses(ToDoubleFunction<Integer> value) {
    double sum = 0;
    int present = 0;
    for (int c = 0; c < answers.size(); c++) {
      if (items(c) > 0) {
        sum += value.applyAsDouble(c);
        present++;
      }
    }
    return sum / present;
  }

  /** How often an answer was given. */
  public int given(int answer) {
    return classes().map(c -> count(c, answer)).sum();
  }

  /** How often a text was generated that is none of the answers. */
  public int others() {
    return given(answers.size());
  }

  /** Share of items that were given an answer. */
  public double share(int answer) {
    return (double) given(answer) / items();
  }

  /** The answer that was given most often, the first of several. */
  public int mostGiven() {
    int most = 0;
    for (int c = 1; c < answers.size(); c++) {
      most = given(c) > given(most) ? c : most;
    }
    return most;
  }

  /** Share of items that were given none of the answers. */
  public double otherShare() {
    return (double) others() / items();
  }

  /** Share of items that were given one of the answers. */
  public double parseRate() {
    return (double) (items() - others()) / items();
  }

  private IntStream classes() {
    return IntStream.range(0, answers.size());
  }
}
