package io.buckbench.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A bootstrap over both sources of variation, the seeds and the test items. Each replicate draws
 * test items with replacement, the same ones for all trials and configurations, and for each
 * configuration R - 1 of its R seeds with replacement. Drawing R seeds would underestimate the
 * variance between seeds by a factor of (R - 1) / R, which is 2/3 for three seeds; with R - 1 it is
 * unbiased (Rao and Wu 1988). With a single trial the interval covers test items only.
 *
 * @param replicates number of replicates
 * @param seed of the random numbers; equal seeds give equal intervals
 */
public record TwoLevelBootstrap(int replicates, long seed) {
  /** 2,000 replicates: the ends of a 95 % interval are accurate to about 4 % of its width. */
  public static final TwoLevelBootstrap DEFAULT = new TwoLevelBootstrap(2000, 20230806L);

  /**
   * @throws IllegalArgumentException for fewer than 40 replicates, which have no 2.5 % tail
   */
  public TwoLevelBootstrap {
    if (replicates < 40) {
      throw new IllegalArgumentException("replicates: found " + replicates + ", at least 40");
    }
  }

  /**
   * A statistic with its sampling distribution.
   *
   * @param interval estimate and percentile interval
   * @param standardError of the estimate
   * @param replicates sorted
   */
  public record Estimate(Interval interval, double standardError, double[] replicates) {
    /** Two-sided p value of the null hypothesis that the true statistic is the given value. */
    public double pValue(double hypothesized) {
      int below = 0;
      int above = 0;
      for (double r : replicates) {
        below += r <= hypothesized ? 1 : 0;
        above += r >= hypothesized ? 1 : 0;
      }
      // One is added because an empty tail does not prove a probability of zero.
      return Math.min(1, 2.0 * (1 + Math.min(below, above)) / (replicates.length + 1));
    }
  }

  /** The mean of the metric over the trials of a configuration. */
  public Estimate mean(Sampled sampled) {
    return of(List.of(sampled), means -> means[0]);
  }

  /**
   * A statistic of the means of several configurations.
   *
   * @param sampled the configurations, either all on the same test items or all without items
   * @param statistic computed from the configurations' means, in the given order
   * @throws IllegalArgumentException if the test items differ
   */
  public Estimate of(List<Sampled> sampled, ToDoubleFunction<double[]> statistic) {
    boolean[] wanted = sampled.get(0).wanted();
    for (Sampled s : sampled) {
      if (!Arrays.equals(wanted, s.wanted())) {
        throw new IllegalArgumentException(
            "configurations of "
                + wanted.length
                + " and "
                + s.wanted().length
                + " test items, or with other right answers, cannot be resampled together");
      }
    }
    double estimate =
        statistic.applyAsDouble(sampled.stream().mapToDouble(Sampled::mean).toArray());
    List<int[]> strata = strata(wanted, sampled.get(0).byClass());
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[replicates];
    for (int b = 0; b < replicates; b++) {
      values[b] = statistic.applyAsDouble(replicate(sampled, strata, wanted.length, random));
    }
    Arrays.sort(values);
    double error = Math.sqrt(Moments.variance(values));
    double low = Math.min(estimate, quantile(values, 0.025));
    double high = Math.max(estimate, quantile(values, 0.975));
    return new Estimate(new Interval(estimate, low, high), error, values);
  }

  private static double[] replicate(
      List<Sampled> sampled, List<int[]> strata, int items, SplittableRandom random) {
    int[] times = new int[items];
    for (int[] stratum : strata) {
      for (int i = 0; i < stratum.length; i++) {
        times[stratum[random.nextInt(stratum.length)]]++;
      }
    }
    double[] means = new double[sampled.size()];
    for (int e = 0; e < means.length; e++) {
      Sampled s = sampled.get(e);
      int draws = Math.max(1, s.seeds() - 1);
      double sum = 0;
      for (int d = 0; d < draws; d++) {
        sum += s.value().of(s.seeds() == 1 ? 0 : random.nextInt(s.seeds()), times);
      }
      means[e] = sum / draws;
    }
    return means;
  }

  private static List<int[]> strata(boolean[] wanted, boolean byClass) {
    List<Integer> yes = new ArrayList<>();
    List<Integer> no = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      (byClass && !wanted[i] ? no : yes).add(i);
    }
    return List.of(
        yes.stream().mapToInt(Integer::intValue).toArray(),
        no.stream().mapToInt(Integer::intValue).toArray());
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
