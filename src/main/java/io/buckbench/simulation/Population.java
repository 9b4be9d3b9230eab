package io.buckbench.simulation;

import java.util.SplittableRandom;

/**
 * How the seeds of a row score: normally distributed, or at two levels if a training may collapse
 * to always answering yes.
 *
 * @param name for tables
 * @param learned mean accuracy of the seeds that learn
 * @param sd standard deviation of the seeds that learn
 * @param learns probability that a seed learns; 1 if none collapses
 */
record Population(String name, double learned, double sd, double learns) {
  /** The accuracy of always answering yes, and of a collapsed seed. */
  static final double ALL_YES = 0.62;

  private static final double HIGHEST = 0.995;

  /** Seeds around 70 % with a standard deviation in points. */
  static Population spread(double points) {
    return new Population("sd " + Math.round(points), 0.70, points / 100, 1);
  }

  /** Seeds that reach 77 % or collapse, as on the control task. */
  static Population learning(double probability) {
    return new Population("learns " + probability, 0.77, 0.005, probability);
  }

  boolean collapses() {
    return learns < 1;
  }

  /** The mean over all seeds and items. */
  double mean() {
    return learns * learned + (1 - learns) * ALL_YES;
  }

  /** Whether a seed collapses. */
  boolean drawsCollapse(SplittableRandom random) {
    return random.nextDouble() >= learns;
  }

  /** The accuracy over all items of a seed that learned. */
  double drawAccuracy(SplittableRandom random) {
    return Math.max(1 - HIGHEST, Math.min(HIGHEST, learned + sd * random.nextGaussian()));
  }
}
