package io.buckbench.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Upper quantiles of the distributions that intervals use. */
final class Quantiles {
  static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Quantiles() {}

  /** The standard normal quantile with this probability above it. */
  static double z(double tail) {
    return NORMAL.inverseSurvivalProbability(tail);
  }

  /** The quantile of Student's t with this probability above it; degrees may be a fraction. */
  static double t(double degreesOfFreedom, double tail) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(tail);
  }
}
