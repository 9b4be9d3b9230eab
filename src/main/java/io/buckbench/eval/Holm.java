package io.buckbench.eval;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction (Holm 1979): with it, the chance that any true null hypothesis of a
 * family is rejected stays below the level, however the tests depend on each other.
 */
public final class Holm {
  private Holm() {}

  /**
   * Adjusted p values in the order of the given ones; NaN stays NaN and does not count in the
   * family.
   */
  public static double[] adjust(double[] pValues) {
    int[] order =
        IntStream.range(0, pValues.length)
            .filter(i -> !Double.isNaN(pValues[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = pValues.clone();
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      largest = Math.max(largest, (order.length - rank) * pValues[order[rank]]);
      adjusted[order[rank]] = Math.min(1, largest);
    }
    return adjusted;
  }
}
