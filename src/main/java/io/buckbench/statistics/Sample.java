package io.buckbench.statistics;

import java.util.Arrays;

/**
 * A metric of one row: a sample of seeds and, if it is computed from answers, of test items.
 *
 * @param perSeed the metric of each seed, at least one
 * @param values what each item contributes, shape (seeds, items); no items if the metric is not
 *     computed from answers, such as a loss
 * @param classOf the class of each item; items are a sample within their class
 * @param classWeights weight of each class, so that the metric varies with the items as the
 *     weighted sum of the classes' means does
 * @param share whether the metric is a share of all items
 * @param regime how the seeds can differ
 * @param learning which seeds learned; only used if the row may collapse
 */
public record Sample(
    double[] perSeed,
    double[][] values,
    int[] classOf,
    double[] classWeights,
    boolean share,
    Regime regime,
    Learning learning) {

  /**
   * @throws IllegalArgumentException if there is no seed or a shape does not fit
   */
  public Sample {
    if (perSeed.length == 0) {
      throw new IllegalArgumentException("a sample without seeds");
    }
    for (double[] seed : values) {
      if (seed.length != classOf.length || values.length != perSeed.length) {
        throw new IllegalArgumentException(
            perSeed.length
                + " seeds, "
                + values.length
                + " x "
                + seed.length
                + " values of "
                + classOf.length
                + " items");
      }
    }
  }

  /** A metric with one number for each seed, such as a final loss. */
  public static Sample ofRuns(double[] perSeed, Regime regime) {
    return new Sample(
        perSeed.clone(),
        new double[0][],
        new int[0],
        new double[0],
        false,
        regime,
        Learning.UNKNOWN);
  }

  /** A share of the items: the mean of hits of 0 or 1, shape (seeds, items). */
  public static Sample ofShare(double[][] hits, Regime regime, Learning learning) {
    double[] perSeed = Arrays.stream(hits).mapToDouble(Moments::mean).toArray();
    return new Sample(
        perSeed, hits, new int[hits[0].length], new double[] {1}, true, regime, learning);
  }

  /** Number of seeds. */
  public int seeds() {
    return perSeed.length;
  }

  /** Number of items. */
  public int items() {
    return classOf.length;
  }

  /** Mean over the seeds. */
  public double mean() {
    return Moments.mean(perSeed);
  }

  /** Standard deviation between seeds (n - 1); NaN for a single seed. */
  public double seedStandardDeviation() {
    return Math.sqrt(Moments.variance(perSeed));
  }

  /**
   * Describes what these seeds say about other seeds, for example {@code 2 of 3 seeds learned, so 9
   * to 99 % of seeds do}; the empty string if nothing is trained.
   */
  public String basis() {
    return Basis.words(this);
  }

  /** Mean over the seeds of what each item contributes. */
  double[] itemMeans() {
    double[] means = new double[items()];
    for (double[] seed : values) {
      for (int i = 0; i < means.length; i++) {
        means[i] += seed[i] / values.length;
      }
    }
    return means;
  }

  /** The part of the items' variance that is noise of single answers, for the mean of one seed. */
  double noise() {
    if (seeds() < 2) {
      return 0;
    }
    double[] items = itemMeans();
    double noise = 0;
    for (int c = 0; c < classWeights.length; c++) {
      int n = size(c);
      if (n > 1) {
        noise += classWeights[c] * classWeights[c] * residuals(c, n, items) / n;
      }
    }
    return noise;
  }

  /** Residual mean square of the seeds and items of a class. */
  private double residuals(int c, int n, double[] items) {
    double[] seeds = new double[seeds()];
    double all = 0;
    for (int s = 0; s < seeds.length; s++) {
      for (int i = 0; i < items.length; i++) {
        seeds[s] += classOf[i] == c ? values[s][i] / n : 0;
      }
      all += seeds[s] / seeds.length;
    }
    double sum = 0;
    for (int s = 0; s < seeds.length; s++) {
      for (int i = 0; i < items.length; i++) {
        double residual = classOf[i] == c ? values[s][i] - seeds[s] - items[i] + all : 0;
        sum += residual * residual;
      }
    }
    return sum / (seeds.length - 1) / (n - 1);
  }

  /** Number of items of a class. */
  int size(int c) {
    return (int) Arrays.stream(classOf).filter(of -> of == c).count();
  }
}
