package io.buckbench.statistics;

import io.buckbench.statistics.BinomialShare.Bound;
import java.util.List;

/**
 * How a linear statistic varies over seeds and test items, and how far its bounds are from it.
 *
 * @param rows its rows
 * @param items variance of the statistic between samples of items, with the seeds at hand
 * @param classSizes number of items in each class
 * @param classWeights weight of each class
 */
record Variation(List<Component> rows, double items, int[] classSizes, double[] classWeights) {

  /** Variance between samples of seeds, of rows that do not collapse. */
  double seeds() {
    return rows.stream().mapToDouble(Component::variance).sum();
  }

  /** Satterthwaite's degrees of freedom of {@link #seeds}. */
  double degreesOfFreedom() {
    double sum = 0;
    for (Component row : rows) {
      double variance = row.variance();
      sum += variance > 0 ? variance * variance / (row.seeds() - 1) : 0;
    }
    return seeds() * seeds() / sum;
  }

  boolean mixed() {
    return rows.stream().anyMatch(row -> row.mixture().isPresent());
  }

  /** Variance between samples of items without what the variance between seeds contains. */
  double itemsOnly() {
    return mixed()
        ? items
        : Math.max(0, items - rows.stream().mapToDouble(Component::countedTwice).sum());
  }

  /** Variance of the statistic over samples of both. */
  double total() {
    double mixtures = 0;
    for (Component row : rows) {
      mixtures +=
          row.mixture().map(m -> m.variance(row.seeds())).orElse(0.0) * row.weight() * row.weight();
    }
    return seeds() + itemsOnly() + mixtures;
  }

  /**
   * The distance from the statistic to a bound.
   *
   * @param down whether to the lower bound
   * @param tail the probability beyond it
   */
  Reach reach(boolean down, double tail, Bound bound) {
    double z = Quantiles.z(tail);
    double seeds = seeds();
    double t = seeds > 0 ? Quantiles.t(degreesOfFreedom(), tail) : 0;
    double mixtures = 0;
    for (Component row : rows) {
      boolean rowDown = down == row.weight() > 0;
      mixtures +=
          row.mixture().map(m -> m.reach(rowDown, tail, bound)).orElse(0.0)
              * row.weight()
              * row.weight();
    }
    return new Reach(
        t * t * seeds, z * z * itemsOnly() + mixtures, z * z * items, withoutVariation(tail));
  }

  /**
   * The distance if every item gave the same: so many items in a row may still come from a share of
   * less than all. NaN without items.
   */
  private double withoutVariation(double tail) {
    double reach = classSizes.length == 0 ? Double.NaN : 0;
    for (int c = 0; c < classSizes.length; c++) {
      reach += Math.abs(classWeights[c]) * (1 - Math.pow(tail, 1.0 / classSizes[c]));
    }
    return reach;
  }

  /** The same rows with other numbers of seeds. */
  Variation withSeeds(int seeds) {
    double noiseNow = rows.stream().mapToDouble(Variation::noise).sum();
    List<Component> other = rows.stream().map(row -> row.withSeeds(seeds)).toList();
    double noiseThen = other.stream().mapToDouble(Variation::noise).sum();
    return new Variation(
        other, Math.max(0, items - noiseNow) + noiseThen, classSizes, classWeights);
  }

  private static double noise(Component row) {
    return row.weight() * row.weight() * row.noise() / row.seeds();
  }
}
