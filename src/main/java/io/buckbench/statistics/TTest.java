package io.buckbench.statistics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The power of a one-sided t test with few degrees of freedom. */
final class TTest {
  /** A test and its power. */
  private record Design(int degreesOfFreedom, double level, double power) {}

  private static final Map<Design, Double> KNOWN = new ConcurrentHashMap<>();

  private TTest() {}

  /** The true effect, in standard errors, that is detected with the given probability. */
  static double detectable(int degreesOfFreedom, double level, double power) {
    return KNOWN.computeIfAbsent(new Design(degreesOfFreedom, level, power), TTest::search);
  }

  private static double search(Design design) {
    double critical = Quantiles.t(design.degreesOfFreedom(), design.level());
    double low = 0;
    double high = 100 * critical;
    while (high - low > 1e-6 * high) {
      double middle = (low + high) / 2;
      if (power(middle, critical, design.degreesOfFreedom()) < design.power()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double power(double effect, double critical, int degreesOfFreedom) {
    return ChiRatio.mean(
        degreesOfFreedom,
        ratio -> Quantiles.NORMAL.cumulativeProbability(effect - critical * Math.sqrt(ratio)));
  }
}
