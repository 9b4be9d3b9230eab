package io.buckbench.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * The ratio of an estimated to a true variance: chi squared over its degrees of freedom. With few
 * trials it varies much, so a power that takes it as 1 is overstated.
 */
final class ChiRatio {
  private static final int POINTS = 400;

  private ChiRatio() {}

  /**
   * The expected value of a function of the ratio, by the midpoint rule over its root, whose
   * density is smooth.
   *
   * @param degreesOfFreedom positive, may be a fraction; infinite if the ratio is 1
   */
  static double mean(double degreesOfFreedom, DoubleUnaryOperator function) {
    if (Double.isInfinite(degreesOfFreedom)) {
      return function.applyAsDouble(1);
    }
    double lowest = Math.max(0, 1 - 6 / Math.sqrt(degreesOfFreedom));
    double highest = 1 + 6 / Math.sqrt(degreesOfFreedom);
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < POINTS; i++) {
      double root = lowest + (highest - lowest) * (i + 0.5) / POINTS;
      double log = (degreesOfFreedom - 1) * Math.log(root) - degreesOfFreedom * root * root / 2;
      double weight = Math.exp(log + degreesOfFreedom / 2);
      sum += weight * function.applyAsDouble(root * root);
      weights += weight;
    }
    return sum / weights;
  }
}
