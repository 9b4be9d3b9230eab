package io.buckbench.budget;

import io.buckbench.input.CsvRow;

/** What ends a training; declared by each configuration of a suite. */
public enum BudgetClock {
  /** Measured seconds: stops before the step that would exceed the budget, as in the paper. */
  METERED,
  /**
   * A number of steps, computed before training from a recorded throughput. The same configuration
   * takes the same steps on any machine, so its results can be golden.
   */
  PLANNED;

  @Override
  public String toString() {
    return CsvRow.name(this);
  }
}
