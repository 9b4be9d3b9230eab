package io.buckbench.statistics;

/**
 * The variance of a trial's accuracy that follows from how often trials of one side disagree on an
 * item. A few trials can score alike by chance while they answer differently, so the variance
 * between trials is taken to be at least this.
 */
public final class Disagreement {
  private Disagreement() {}

  /**
   * The variance if items were independent.
   *
   * @param before which items are right, shape (trials, items)
   * @param after the same for the other side, on the same items
   * @return 0 if there are two trials in all, so that no side can disagree
   */
  public static double variance(boolean[][] before, boolean[][] after) {
    int degrees = before.length + after.length - 2;
    if (before.length == 0 || after.length == 0 || degrees == 0) {
      return 0;
    }
    int items = before[0].length;
    double sum = 0;
    for (int i = 0; i < items; i++) {
      sum += squares(before, i) + squares(after, i);
    }
    return sum / degrees / items / items;
  }

  private static double squares(boolean[][] right, int item) {
    int sum = 0;
    for (boolean[] trial : right) {
      sum += trial[item] ? 1 : 0;
    }
    return sum - (double) sum * sum / right.length;
  }
}
