package io.buckbench.train;

/** Whether a training may go on: a number of steps, a budget. */
public interface StepGate {
  /**
   * Asked before each step.
   *
   * @param step the step about to be taken, counted from 1
   */
  boolean mayStep(int step);

  /** Called after each step, before any listener. */
  default void stepped(StepMetric metric) {}

  /** Exactly this many steps; a continued training's earlier ones count. */
  static StepGate steps(int steps) {
    return step -> step <= steps;
  }

  /** Open while both are; the other is not asked where this one is closed. */
  default StepGate and(StepGate other) {
    StepGate first = this;
    return new StepGate() {
      @Override
      public boolean mayStep(int step) {
        return first.mayStep(step) && other.mayStep(step);
      }

      @Override
      public void stepped(StepMetric metric) {
        first.stepped(metric);
        other.stepped(metric);
      }
    };
  }
}
