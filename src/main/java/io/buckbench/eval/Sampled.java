package io.buckbench.eval;

import java.util.Arrays;

/**
 * One configuration's numbers in a form that can be resampled.
 *
 * @param seeds trials, at least one
 * @param wanted the test rows' right answers; empty for a number that is not computed from answers,
 *     such as a loss
 * @param byClass whether rows are drawn within their class: for a metric that averages over the
 *     classes, the class sizes are part of the design and not random
 * @param value the metric of one trial
 */
public record Sampled(int seeds, boolean[] wanted, boolean byClass, Value value) {

  /** The metric of one trial when each test row counts several times or not at all. */
  @FunctionalInterface
  public interface Value {
    /**
     * @param seed index of the trial
     * @param times how often each row counts
     */
    double of(int seed, int[] times);
  }

  /** A number that each trial has once, such as its final loss. */
  public static Sampled ofRuns(double[] values) {
    double[] kept = values.clone();
    return new Sampled(kept.length, new boolean[0], false, (seed, times) -> kept[seed]);
  }

  /** The metric of each trial as it was measured. */
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

  /** Standard deviation between trials (n - 1); NaN for a single one. */
  public double seedStandardDeviation() {
    return seeds < 2 ? Double.NaN : Math.sqrt(Moments.variance(perSeed()));
  }
}
