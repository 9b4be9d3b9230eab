package io.buckbench.statistics;

import java.util.Optional;

/**
 * What one row adds to the variance of a linear statistic.
 *
 * @param weight of the row's mean
 * @param regime how its seeds can differ
 * @param seeds number of seeds
 * @param between variance between seeds; 0 for one seed
 * @param noise the part of the items' variance that is noise of single answers, for one seed
 * @param mixture set if the row may collapse
 */
record Component(
    double weight,
    Regime regime,
    int seeds,
    double between,
    double noise,
    Optional<Mixture> mixture) {

  static Component of(double weight, Sample row) {
    return new Component(
        weight,
        row.regime(),
        row.seeds(),
        row.seeds() > 1 ? Moments.variance(row.perSeed()) : 0,
        row.noise(),
        Mixture.of(row));
  }

  boolean trained() {
    return regime != Regime.FIXED;
  }

  /** Variance of the weighted mean, between samples of seeds; 0 for a mixture. */
  double variance() {
    return mixture.isPresent() ? 0 : weight * weight * between / seeds;
  }

  /** The part of the items' variance that the seeds' variance contains too. */
  double countedTwice() {
    return mixture.isPresent() ? 0 : weight * weight * noise / seeds;
  }

  /** The same row with another number of seeds; a row that is not trained keeps its own. */
  Component withSeeds(int other) {
    return trained()
        ? new Component(weight, regime, other, between, noise, mixture.map(m -> m.withSeeds(other)))
        : this;
  }
}
