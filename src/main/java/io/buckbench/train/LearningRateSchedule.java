package io.buckbench.train;

/** The learning rate of each step, as a factor of the base rate. */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * @param step number of the step, from 1
   */
  double factor(int step);

  /** The base rate in every step. */
  static LearningRateSchedule constant() {
    return step -> 1;
  }
}
