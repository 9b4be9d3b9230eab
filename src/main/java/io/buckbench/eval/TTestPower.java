package io.buckbench.eval;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The power of a one-sided t test. With few trials the estimated standard error varies, so the
 * usual sum of two quantiles overstates the power. Here it is averaged over the error's
 * distribution.
 */
final class TTestPower {
  private static final int SLICES = 400;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** A test and its power. */
  private record Design(int degreesOfFreedom, double level, double power) {}

  private static final Map<Design, Double> KNOWN = new ConcurrentHashMap<>();

  private TTestPower() {}

  /** The true effect, in standard errors, that is detected with the given probability. */
  static double effect(int degreesOfFreedom, double level, double power) {
    return KNOWN.computeIfAbsent(new Design(degreesOfFreedom, level, power), TTestPower::search);
  }

  private static double search(Design design) {
    double critical =
        TDistribution.of(design.degreesOfFreedom()).inverseSurvivalProbability(design.level());
    double[] errors = errors(design.degreesOfFreedom());
    double low = 0;
    double high = 100 * critical;
    while (high - low > 1e-6 * high) {
      double middle = (low + high) / 2;
      if (power(middle, critical, errors) < design.power()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double power(double effect, double critical, double[] errors) {
    double found = 0;
    for (double error : errors) {
      found += NORMAL.cumulativeProbability(effect - critical * error) / errors.length;
    }
    return found;
  }

  /** Quantiles of the ratio of the estimated to the true standard error. */
  private static double[] errors(int degreesOfFreedom) {
    ChiSquaredDistribution chi = ChiSquaredDistribution.of(degreesOfFreedom);
    double[] errors = new double[SLICES];
    for (int i = 0; i < SLICES; i++) {
      double place = chi.inverseCumulativeProbability((i + 0.5) / SLICES);
      errors[i] = Math.sqrt(place / degreesOfFreedom);
    }
    return errors;
  }
}
