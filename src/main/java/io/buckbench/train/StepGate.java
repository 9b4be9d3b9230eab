package io.buckbench.train;

/** Decides whether a training may continue, for example by a number of steps or a budget. */
public interface StepGate {
  /**
   * Called before each step.
   *
   * @param step number of the next step, from 1
   */
  boolean mayStep(int step);

  /** Called after each step, before any listener. */
  default void stepped(StepMetric metric) {}

  /** Allows this many steps, including those before a resumed training was stopped. */
  static StepGate steps(int steps) {
    return step -> step <= steps;
  }

  /** Allows a step if both gates do. The other gate is called only if this one allows the step. */
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
