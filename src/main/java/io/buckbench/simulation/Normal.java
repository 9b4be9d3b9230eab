package io.buckbench.simulation;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
final class Normal {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Normal() {}

  /** The value with this probability below it; infinite for 0 and 1. */
  static double quantile(double probability) {
    return NORMAL.inverseCumulativeProbability(probability);
  }
}
