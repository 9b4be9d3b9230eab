package io.buckbench.eval;

import java.util.List;
import java.util.function.Function;

/**
 * The confusion matrix: how often each answer was given to test items whose right answer is yes,
 * and to those whose right answer is no. All metrics of the paper are computed from it.
 *
 * @param yesOnYes number of items answered yes, yes is right
 * @param noOnYes number of items answered no, yes is right
 * @param otherOnYes number of items answered otherwise, yes is right
 * @param yesOnNo number of items answered yes, no is right
 * @param noOnNo number of items answered no, no is right
 * @param otherOnNo number of items answered otherwise, no is right
 */
public record AnswerCounts(
    int yesOnYes, int noOnYes, int otherOnYes, int yesOnNo, int noOnNo, int otherOnNo) {

  /**
   * @throws IllegalArgumentException if a count is negative or all are zero
   */
  public AnswerCounts {
    if (yesOnYes < 0 || noOnYes < 0 || otherOnYes < 0) {
      throw new IllegalArgumentException("a count on the yes items is negative");
    }
    if (yesOnNo < 0 || noOnNo < 0 || otherOnNo < 0) {
      throw new IllegalArgumentException("a count on the no items is negative");
    }
    if (yesOnYes + noOnYes + otherOnYes + yesOnNo + noOnNo + otherOnNo == 0) {
      throw new IllegalArgumentException("no answers: a score needs at least one test item");
    }
  }

  /** Counts answers by the strict rule of {@link Answer#of}. */
  public static AnswerCounts of(List<Prediction> predictions) {
    return of(predictions, Prediction::answer);
  }

  /** Counts answers by the given rule. */
  static AnswerCounts of(List<Prediction> predictions, Function<Prediction, Answer> answer) {
    int[] n = new int[6];
    for (Prediction p : predictions) {
      n[(p.wanted() ? 0 : 3) + answer.apply(p).ordinal()]++;
    }
    return new AnswerCounts(n[0], n[1], n[2], n[3], n[4], n[5]);
  }

  /** Number of test items. */
  public int items() {
    return yesItems() + noItems();
  }

  /** Number of test items whose right answer is yes. */
  public int yesItems() {
    return yesOnYes + noOnYes + otherOnYes;
  }

  /** Number of test items whose right answer is no. */
  public int noItems() {
    return yesOnNo + noOnNo + otherOnNo;
  }

  /** Number of right answers. */
  public int correct() {
    return yesOnYes + noOnNo;
  }

  /** Share of right answers, 0 to 1. */
  public double accuracy() {
    return (double) correct() / items();
  }

  /**
   * Mean recall of the two classes, 0 to 1. If only one class occurs among the items, it is the
   * recall of that class.
   */
  public double balancedAccuracy() {
    if (noItems() == 0) {
      return (double) yesOnYes / yesItems();
    }
    if (yesItems() == 0) {
      return (double) noOnNo / noItems();
    }
    return ((double) yesOnYes / yesItems() + (double) noOnNo / noItems()) / 2;
  }

  /** Share of items answered yes. */
  public double yesShare() {
    return (double) (yesOnYes + yesOnNo) / items();
  }

  /** Share of items answered no. */
  public double noShare() {
    return (double) (noOnYes + noOnNo) / items();
  }

  /** Share of items answered neither yes nor no. */
  public double otherShare() {
    return (double) (otherOnYes + otherOnNo) / items();
  }

  /** Share of items answered yes or no. */
  public double parseRate() {
    return (double) (items() - otherOnYes - otherOnNo) / items();
  }
}
