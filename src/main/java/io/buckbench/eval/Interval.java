package io.buckbench.eval;

import java.util.Locale;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * An estimate with its 95 % interval.
 *
 * @param estimate what was measured
 * @param low lower end, at most the estimate
 * @param high upper end, at least the estimate
 */
public record Interval(double estimate, double low, double high) {
  /** The standard normal quantile that leaves 2.5 % above it. */
  static final double Z95 = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.025);

  /** Nothing was measured. */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

  /**
   * @throws IllegalArgumentException if the ends do not hold the estimate
   */
  public Interval {
    if (low > estimate || high < estimate) {
      throw new IllegalArgumentException(
          "interval [" + low + ", " + high + "] does not hold its estimate " + estimate);
    }
  }

  /**
   * Wilson's score interval of a proportion (Wilson 1927), which stays inside 0 to 1 and keeps a
   * width at 0 and 1, where the bootstrap has none.
   *
   * @param hits how many; may be a mean over seeds, so not whole
   * @param of out of how many, above zero
   */
  public static Interval wilson(double hits, int of) {
    if (of <= 0 || hits < 0 || hits > of) {
      throw new IllegalArgumentException(hits + " hits of " + of + " are no proportion");
    }
    double p = hits / of;
    double z2 = Z95 * Z95;
    double centre = (p + z2 / (2 * of)) / (1 + z2 / of);
    double half = Z95 / (1 + z2 / of) * Math.sqrt(p * (1 - p) / of + z2 / (4.0 * of * of));
    // At 0 and 1 rounding could push the end past the estimate by an ulp.
    return new Interval(
        p, Math.max(0, Math.min(p, centre - half)), Math.min(1, Math.max(p, centre + half)));
  }

  /** The narrowest interval that holds both; keeps this estimate. */
  public Interval widenedBy(Interval other) {
    return new Interval(estimate, Math.min(low, other.low), Math.max(high, other.high));
  }

  /** Every number multiplied by a factor above zero, for example from shares to points. */
  public Interval times(double factor) {
    return new Interval(estimate * factor, low * factor, high * factor);
  }

  /** In percent or points with two digits, for example {@code 61.28 [58.90, 63.66]}. */
  public String inPoints() {
    return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", 100 * estimate, 100 * low, 100 * high);
  }
}
