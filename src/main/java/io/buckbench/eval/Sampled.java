package io.buckbench.eval;

import java.util.Arrays;

/**
 * A metric of one configuration, prepared for resampling.
 *
 * @param seeds number of trials, at least one
 * @param wanted the right answers of the test items; empty if the metric is not computed from
 *     answers, such as a loss
 * @param byClass whether items are drawn within their class; for a metric that averages over the
 *     classes, the class sizes are fixed by design
 * @param value the metric of one trial
 */
public record Sampled(int seeds, boolean[] wanted, boolean byClass, Value value) {

  /** The metric of one trial with weighted test items. */
  @FunctionalInterface
  public interface Value {
    /**
     * @param seed index of the trial
     * @param times the weight of each item, a count
     */
    double of(int seed, int[] times);
  }

  /** A metric with one number for each trial, such as its final loss. */
  public static Sampled ofRuns(double[] values) {
    double[] kept = values.clone();
    return new Sampled(kept.length, new boolean[0], false, (seed, times) -> kept[seed]);
  }

  /** The metric of each trial, not resampled. */
  public double[] perSeed() {
    int[] once = new int[wanted.length];
    Arrays.fill(once, 1);
    double[] values = new double[seeds];
    for (int s = 0; s < seeds; s++) {
      values[s] = value.of(s, once);
    }
    return values;
  }

  /** Mean over the trials. */
  public double mean() {
    return Arrays.stream(perSeed()).average().orElseThrow();
  }

  /** Standard deviation between trials (n - 1); NaN for a single trial. */
  public double seedStandardDeviation() {
    return seeds < 2 ? Double.NaN : Math.sqrt(Moments.variance(perSeed()));
  }
}
