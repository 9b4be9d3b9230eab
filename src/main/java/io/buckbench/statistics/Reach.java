package io.buckbench.statistics;

/**
 * The distance from a statistic to a bound. The distances that seeds and items would give alone are
 * combined by the root of their squares (Zou and Donner 2008).
 *
 * @param seeds squared distance by the estimated variance between seeds
 * @param others squared distance by the items and by rows that may collapse
 * @param atLeast squared distance by the items if they are taken to contain all variation
 * @param withoutVariation the distance if nothing varies; NaN if then nothing can be said
 */
record Reach(double seeds, double others, double atLeast, double withoutVariation) {
  double distance() {
    return distance(1);
  }

  /**
   * The distance if the variance between seeds had been estimated otherwise.
   *
   * @param ratio of that estimate to the one at hand
   */
  double distance(double ratio) {
    double squared = Math.max(seeds * ratio + others, atLeast);
    return squared > 0 ? Math.sqrt(squared) : withoutVariation;
  }
}
