package io.buckbench.eval;

import java.util.List;
import java.util.function.Function;

/**
 * How often each answer was given on the test rows whose right answer is yes, and on those whose
 * right answer is no: the six numbers that every metric of the paper follows from.
 *
 * @param yesOnYes answered yes where yes is right
 * @param noOnYes answered no where yes is right
 * @param otherOnYes answered something else where yes is right
 * @param yesOnNo answered yes where no is right
 * @param noOnNo answered no where no is right
 * @param otherOnNo answered something else where no is right
 */
public record AnswerCounts(
    int yesOnYes, int noOnYes, int otherOnYes, int yesOnNo, int noOnNo, int otherOnNo) {

  /**
   * @throws IllegalArgumentException if a count is negative or all are zero
   */
  public AnswerCounts {
    if (yesOnYes < 0 || noOnYes < 0 || otherOnYes < 0) {
      throw new IllegalArgumentException("a count on the yes rows is negative");
    }
    if (yesOnNo < 0 || noOnNo < 0 || otherOnNo < 0) {
      throw new IllegalArgumentException("a count on the no rows is negative");
    }
    if (yesOnYes + noOnYes + otherOnYes + yesOnNo + noOnNo + otherOnNo == 0) {
      throw new IllegalArgumentException("no answers: a score needs at least one test row");
    }
  }

  /** Counts by the strict rule of {@link Answer#of}. */
  public static AnswerCounts of(List<Prediction> predictions) {
    return of(predictions, Prediction::answer);
  }

  /** Counts the answers by another rule. */
  static AnswerCounts of(List<Prediction> predictions, Function<Prediction, Answer> answer) {
    int[] n = new int[6];
    for (Prediction p : predictions) {
      n[(p.wanted() ? 0 : 3) + answer.apply(p).ordinal()]++;
    }
    return new AnswerCounts(n[0], n[1], n[2], n[3], n[4], n[5]);
  }

  /** All test rows. */
  public int rows() {
    return yesRows() + noRows();
  }

  /** Test rows whose right answer is yes. */
  public int yesRows() {
    return yesOnYes + noOnYes + otherOnYes;
  }

  /** Test rows whose right answer is no. */
  public int noRows() {
    return yesOnNo + noOnNo + otherOnNo;
  }

  /** Right answers. */
  public int correct() {
    return yesOnYes + noOnNo;
  }

  /** Right answers over all rows, 0 to 1. */
  public double accuracy() {
    return (double) correct() / rows();
  }

  /**
   * Mean recall of the two classes, 0 to 1; any other answer is wrong. Where only one class occurs
   * among the rows, its recall.
   */
  public double balancedAccuracy() {
    if (noRows() == 0) {
      return (double) yesOnYes / yesRows();
    }
    if (yesRows() == 0) {
      return (double) noOnNo / noRows();
    }
    return ((double) yesOnYes / yesRows() + (double) noOnNo / noRows()) / 2;
  }

  /** Share of rows answered yes. */
  public double yesShare() {
    return (double) (yesOnYes + yesOnNo) / rows();
  }

  /** Share of rows answered no. */
  public double noShare() {
    return (double) (noOnYes + noOnNo) / rows();
  }

  /** Share of rows answered neither yes nor no. */
  public double otherShare() {
    return (double) (otherOnYes + otherOnNo) / rows();
  }

  /** Share of rows answered yes or no: what the strict rule can read. */
  public double parseRate() {
    return (double) (rows() - otherOnYes - otherOnNo) / rows();
  }
}
