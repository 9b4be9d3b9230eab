package io.buckbench.statistics;

import java.util.Locale;

/**
 * An estimate with its 95 % interval.
 *
 * @param estimate the estimate
 * @param low the lower end, at most the estimate
 * @param high the upper end, at least the estimate
 */
public record Interval(double estimate, double low, double high) {
  /** The standard normal quantile that leaves 2.5 % above it. */
  public static final double Z95 = Quantiles.z(0.025);

  /** Nothing was measured. An interval can also have an estimate and no ends (NaN). */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

  /**
   * @throws IllegalArgumentException if the estimate is not between the ends
   */
  public Interval {
    if (low > estimate || high < estimate) {
      throw new IllegalArgumentException(
          "interval [" + low + ", " + high + "] does not contain its estimate " + estimate);
    }
  }

  /**
   * Wilson's score interval of a proportion (Wilson 1927): of one trained model over test items.
   *
   * @param hits number of hits
   * @param of number of observations, positive
   */
  public static Interval wilson(double hits, int of) {
    return wilson(hits, of, Z95);
  }

  /** The same with another standard normal quantile. */
  static Interval wilson(double hits, int of, double z) {
    if (of <= 0 || hits < 0 || hits > of) {
      throw new IllegalArgumentException(hits + " hits of " + of + " are not a proportion");
    }
    double p = hits / of;
    double centre = (p + z * z / (2 * of)) / (1 + z * z / of);
    double half = z / (1 + z * z / of) * Math.sqrt(p * (1 - p) / of + z * z / (4.0 * of * of));
    // At 0 and 1 rounding errors could move the end past the estimate.
    return new Interval(
        p, Math.max(0, Math.min(p, centre - half)), Math.min(1, Math.max(p, centre + half)));
  }

  /** This interval multiplied by a positive factor, for example from shares to points. */
  public Interval times(double factor) {
    return new Interval(estimate * factor, low * factor, high * factor);
  }

  /** In percent or points with two decimals, for example {@code 61.28 [58.90, 63.66]}. */
  public String inPoints() {
    return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", 100 * estimate, 100 * low, 100 * high);
  }
}
