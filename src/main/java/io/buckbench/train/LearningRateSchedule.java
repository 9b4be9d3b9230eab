package io.buckbench.train;

/** What part of the base rate a step uses. */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * @param step counted from 1
   */
  double factor(int step);

  /** The base rate throughout. */
  static LearningRateSchedule constant() {
    return step -> 1;
  }
}
