package io.buckbench.eval;

import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The change of accuracy between two sets of trials on the same test items, and whether variation
 * between trainings explains it. The test items are the same, so only the trials vary.
 *
 * <p>It uses Student's t test on the accuracies of the trials. A few trials can agree by chance, so
 * their variance is at least the one that their item-by-item disagreement implies. If the trials do
 * not vary at all (one on each side, or all equal), McNemar's exact test on the items is used.
 *
 * @param interval after minus before with its 95 % interval, as shares
 * @param pDrop one-sided p value of "it did not fall"
 * @param pRise one-sided p value of "it did not rise"
 * @param standardError of the change; NaN for McNemar's test
 * @param degreesOfFreedom of the t test; 0 for McNemar's test
 * @param flippedShare share of all (trial, item) pairs whose answer became right or wrong; an upper
 *     bound of the change
 */
public record AccuracyChange(
    Interval interval,
    double pDrop,
    double pRise,
    double standardError,
    int degreesOfFreedom,
    double flippedShare) {

  /**
   * Compares two sets of trials.
   *
   * @param before whether answers are right, shape (trials, items); at least one trial
   * @param after the same for the trials run again, shape (trials, items)
   * @param unpaired earlier trials that were not run again, shape (other trials, items); they are
   *     used to estimate the variance
   */
  public static AccuracyChange of(boolean[][] before, boolean[][] after, boolean[][] unpaired) {
    boolean[][] all = Stream.of(before, unpaired).flatMap(Stream::of).toArray(boolean[][]::new);
    double[] now = accuracies(after);
    double change = Moments.mean(now) - Moments.mean(accuracies(before));
    int degrees = all.length + after.length - 2;
    double betweenTrials = degrees == 0 ? 0 : (squares(accuracies(all)) + squares(now)) / degrees;
    double variance = Math.max(betweenTrials, disagreement(all, after, degrees));
    double error = Math.sqrt(variance * 2.0 / after.length);
    return error > 0
        ? byTrials(change, error, degrees, flipped(before, after))
        : byItems(change, before[0], after[0], flipped(before, after));
  }

  private static AccuracyChange byTrials(
      double change, double error, int degrees, double flippedShare) {
    TDistribution t = TDistribution.of(degrees);
    double half = t.inverseSurvivalProbability(0.025) * error;
    return new AccuracyChange(
        new Interval(change, change - half, change + half),
        t.cumulativeProbability(change / error),
        t.survivalProbability(change / error),
        error,
        degrees,
        flippedShare);
  }

  private static AccuracyChange byItems(
      double change, boolean[] before, boolean[] after, double flippedShare) {
    McNemar test = McNemar.of(before, after);
    int discordant = test.onlyFirst() + test.onlySecond();
    // Wilson's interval of the share of discordant items that became wrong, as a change.
    double low = change;
    double high = change;
    if (discordant > 0) {
      Interval fell = Interval.wilson(test.onlyFirst(), discordant);
      double share = (double) discordant / before.length;
      low = Math.min(change, share * (1 - 2 * fell.high()));
      high = Math.max(change, share * (1 - 2 * fell.low()));
    }
    double heavier = test.pValue() / 2;
    boolean fell = test.onlyFirst() > test.onlySecond();
    boolean rose = test.onlyFirst() < test.onlySecond();
    return new AccuracyChange(
        new Interval(change, low, high),
        fell ? heavier : 1 - (rose ? heavier : 0),
        rose ? heavier : 1 - (fell ? heavier : 0),
        Double.NaN,
        0,
        flippedShare);
  }

  private static double[] accuracies(boolean[][] right) {
    double[] accuracies = new double[right.length];
    for (int s = 0; s < right.length; s++) {
      int sum = 0;
      for (boolean r : right[s]) {
        sum += r ? 1 : 0;
      }
      accuracies[s] = (double) sum / right[s].length;
    }
    return accuracies;
  }

  private static double squares(double[] values) {
    return values.length < 2 ? 0 : Moments.variance(values) * (values.length - 1);
  }

  /** The variance of a trial's accuracy if its items were independent. */
  private static double disagreement(boolean[][] before, boolean[][] after, int degrees) {
    if (degrees == 0) {
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

  private static double flipped(boolean[][] before, boolean[][] after) {
    int flips = 0;
    for (int s = 0; s < after.length; s++) {
      for (int i = 0; i < after[s].length; i++) {
        flips += before[s][i] == after[s][i] ? 0 : 1;
      }
    }
    return (double) flips / after.length / after[0].length;
  }

  /**
   * The smallest true drop that a one-sided test at the given level detects with 80 % probability;
   * NaN for McNemar's test.
   */
  public double detectable(double level) {
    if (degreesOfFreedom == 0) {
      return Double.NaN;
    }
    return standardError * TTestPower.effect(degreesOfFreedom, level, 0.8);
  }
}
