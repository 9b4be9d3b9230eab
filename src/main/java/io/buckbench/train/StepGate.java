package io.buckbench.train;

/** Whether a training may go on: a number of steps, a budget. */
public interface StepGate {
  /**
   * Asked before each step.
   *
   * @param step the step about to be taken, counted from 1
   */
  boolean mayStep(int step);

  /** Told after each step, before anyone else is. */
  default void stepped(StepMetric metric) {}

  /** Exactly this many steps, those before a stop counted. */
  static StepGate steps(int steps) {
    return step -> step <= steps;
  }
}
