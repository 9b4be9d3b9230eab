package io.buckbench.eval;

import java.util.Arrays;

/** Mean and unbiased variance of a few numbers. */
public final class Moments {
  private Moments() {}

  /** Mean; NaN of nothing. */
  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** Sum of squared deviations over n - 1; NaN below two values, exactly 0 for equal ones. */
  public static double variance(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    // Deviations from the first value, so that equal values give 0 and not a rounding error.
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
