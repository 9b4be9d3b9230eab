package io.buckbench.golden;

import io.buckbench.eval.Interval;
import io.buckbench.eval.McNemar;
import io.buckbench.eval.Moments;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far a row's accuracy moved between two sets of trials on the same test rows, held against the
 * chance of training: the test rows are the same, so only the trials vary.
 *
 * <p>Student's t test on the trials' accuracies, with one guard: three trials can agree by luck, so
 * their variance is taken no smaller than what their row-by-row disagreement alone implies. Where
 * trials do not vary at all (one on each side, or all equal), McNemar's exact test on the rows
 * takes its place.
 *
 * @param interval fresh minus golden with its 95 % interval, as shares
 * @param pDrop one-sided p value of "it did not fall"
 * @param pRise one-sided p value of "it did not rise"
 * @param standardError of the change; NaN where McNemar's test was used
 * @param degreesOfFreedom of the t test; 0 where McNemar's test was used
 * @param flippedShare how many of the answers turned from right to wrong or back, of all (trial,
 *     row) pairs; the change cannot be larger
 */
record AccuracyChange(
    Interval interval,
    double pDrop,
    double pRise,
    double standardError,
    int degreesOfFreedom,
    double flippedShare) {

  /**
   * @param golden right or wrong, by trial and test row; at least one trial
   * @param fresh likewise, the same trials run again
   * @param unpaired accepted trials that were not run again: they say how far trials of this row
   *     lie apart, which one trial alone cannot
   */
  static AccuracyChange of(boolean[][] golden, boolean[][] fresh, boolean[][] unpaired) {
    boolean[][] accepted =
        Stream.of(golden, unpaired).flatMap(Stream::of).toArray(boolean[][]::new);
    double[] after = accuracies(fresh);
    double change = Moments.mean(after) - Moments.mean(accuracies(golden));
    int degrees = accepted.length + fresh.length - 2;
    double betweenTrials = degrees == 0 ? 0 : pooled(accuracies(accepted), after) / degrees;
    double variance = Math.max(betweenTrials, disagreement(accepted, fresh, degrees));
    double error = Math.sqrt(variance * 2.0 / fresh.length);
    return error > 0
        ? byTrials(change, error, degrees, flipped(golden, fresh))
        : byRows(change, golden[0], fresh[0], flipped(golden, fresh));
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

  private static AccuracyChange byRows(
      double change, boolean[] golden, boolean[] fresh, double flippedShare) {
    McNemar test = McNemar.of(golden, fresh);
    int speaking = test.onlyFirst() + test.onlySecond();
    // Wilson's interval of the share of speaking rows that fell, turned into a change.
    double low = change;
    double high = change;
    if (speaking > 0) {
      Interval fell = Interval.wilson(test.onlyFirst(), speaking);
      double rows = (double) speaking / golden.length;
      low = Math.min(change, rows * (1 - 2 * fell.high()));
      high = Math.max(change, rows * (1 - 2 * fell.low()));
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

  private static double pooled(double[] before, double[] after) {
    return squares(before) + squares(after);
  }

  private static double squares(double[] values) {
    return values.length < 2 ? 0 : Moments.variance(values) * (values.length - 1);
  }

  /** A trial's variance if its rows fell independently: the rows' own variances, summed. */
  private static double disagreement(boolean[][] golden, boolean[][] fresh, int degrees) {
    if (degrees == 0) {
      return 0;
    }
    int rows = golden[0].length;
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += squares(golden, i) + squares(fresh, i);
    }
    return sum / degrees / rows / rows;
  }

  private static double squares(boolean[][] right, int row) {
    int sum = 0;
    for (boolean[] trial : right) {
      sum += trial[row] ? 1 : 0;
    }
    return sum - (double) sum * sum / right.length;
  }

  private static double flipped(boolean[][] golden, boolean[][] fresh) {
    int flips = 0;
    for (int s = 0; s < fresh.length; s++) {
      for (int i = 0; i < fresh[s].length; i++) {
        flips += golden[s][i] == fresh[s][i] ? 0 : 1;
      }
    }
    return (double) flips / fresh.length / fresh[0].length;
  }

  /**
   * The smallest true fall that a one-sided test at a level finds with a chance of 80 %; NaN where
   * McNemar's test was used.
   */
  double detectable(double level) {
    if (degreesOfFreedom == 0) {
      return Double.NaN;
    }
    return standardError * TTestPower.effect(degreesOfFreedom, level, 0.8);
  }
}
