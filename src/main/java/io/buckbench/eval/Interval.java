package io.buckbench.eval;

import java.util.Locale;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * An estimate with its 95 % interval.
 *
 * @param estimate the estimate
 * @param low the lower end, at most the estimate
 * @param high the upper end, at least the estimate
 */
public record Interval(double estimate, double low, double high) {
  /** The standard normal quantile that leaves 2.5 % above it. */
  static final double Z95 = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.025);

  /** Nothing was measured. */
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
   * Wilson's score interval of a proportion (Wilson 1927). It is within 0 to 1 and, unlike a
   * bootstrap interval, has a width at proportions of 0 and 1.
   *
   * @param hits number of hits; may be a mean over seeds, so not an integer
   * @param of number of observations, positive
   */
  public static Interval wilson(double hits, int of) {
    if (of <= 0 || hits < 0 || hits > of) {
      throw new IllegalArgumentException(hits + " hits of " + of + " are not a proportion");
    }
    double p = hits / of;
    double z2 = Z95 * Z95;
    double centre = (p + z2 / (2 * of)) / (1 + z2 / of);
    double half = Z95 / (1 + z2 / of) * Math.sqrt(p * (1 - p) / of + z2 / (4.0 * of * of));
    // At 0 and 1 rounding errors could move the end past the estimate.
    return new Interval(
        p, Math.max(0, Math.min(p, centre - half)), Math.min(1, Math.max(p, centre + half)));
  }

  /** The smallest interval that contains both, with the estimate of this one. */
  public Interval widenedBy(Interval other) {
    return new Interval(estimate, Math.min(low, other.low), Math.max(high, other.high));
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
