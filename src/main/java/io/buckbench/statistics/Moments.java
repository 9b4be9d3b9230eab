package io.buckbench.statistics;

import java.util.Arrays;

/** Mean and unbiased variance of a few numbers. */
public final class Moments {
  private Moments() {}

  /** Mean; NaN if there are no values. */
  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** Unbiased variance; NaN for fewer than two values, exactly 0 for equal values. */
  public static double variance(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    // Deviations are from the first value, so that equal values give exactly 0.
    double sum = 0;
    double squares = 0;
    for (double v : values) {
      double d = v - values[0];
      sum += d;
      squares += d * d;
    }
    return Math.max(0, (squares - sum * sum / values.length) / (values.length - 1));
  }
}
