package io.buckbench.speed;

import java.util.Arrays;
import java.util.List;

/**
 * Repeated measurements of one quantity.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param low the smallest
 * @param high the largest
 */
public record Spread(double median, double low, double high) {
  /** Summarises at least one value. */
  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int last = sorted.length - 1;
    return new Spread(
        (sorted[last / 2] + sorted[sorted.length / 2]) / 2,
        sorted[0],
        Arrays.stream(sorted).max().orElseThrow());
  }

  /** The spread of a number per second, from the seconds that it took. */
  Spread rate(double number) {
    return new Spread(number / median, number / high, number / low);
  }
}
