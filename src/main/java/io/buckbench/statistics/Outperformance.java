package io.buckbench.statistics;

import java.util.function.DoublePredicate;

/**
 * The probability that a seed of one row scores higher than a seed of another, ties counting half
 * (Bouthillier et al. 2021), with Newcombe's score interval (Newcombe 2006, method 5). It holds for
 * these test items.
 */
public final class Outperformance {
  /** With fewer seeds on a side the interval says next to nothing. */
  public static final int FEWEST_SEEDS = 5;

  private static final int BISECTIONS = 100;

  private Outperformance() {}

  /** The probability and its 95 % interval. */
  public static Interval of(double[] first, double[] second) {
    double wins = 0;
    for (double a : first) {
      for (double b : second) {
        wins += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return of(wins, first.length, second.length);
  }

  /** The same from the number of pairs that the first row wins, ties counting half. */
  static Interval of(double wins, int first, int second) {
    double share = wins / first / second;
    double low = end(share, 0, true, t -> within(share, t, first, second));
    double high = end(1, share, false, t -> within(share, t, first, second));
    return new Interval(share, Math.min(share, low), Math.max(share, high));
  }

  private static boolean within(double share, double truth, int first, int second) {
    double n = (first + second) / 2.0 - 1;
    double variance =
        truth
            * (1 - truth)
            * (1 + n * (1 - truth) / (2 - truth) + n * truth / (1 + truth))
            / (first * second);
    return Math.abs(share - truth) <= Interval.Z95 * Math.sqrt(variance);
  }

  /** The end of the accepted values between two places. */
  private static double end(double high, double low, boolean lower, DoublePredicate accepted) {
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (accepted.test(middle) == lower) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return lower ? high : low;
  }
}
