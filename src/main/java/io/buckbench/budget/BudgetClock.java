package io.buckbench.budget;

import io.buckbench.input.CsvRow;

/** What ends a training; declared for each row of a suite. */
public enum BudgetClock {
  /** Real seconds on the device: stops before the step that would overspend, as the paper did. */
  METERED,
  /**
   * A whole number of steps, bought before training by a recorded throughput: the same row takes
   * the same steps on any machine, so its numbers can be golden.
   */
  PLANNED;

  @Override
  public String toString() {
    return CsvRow.name(this);
  }
}
