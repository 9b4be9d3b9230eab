package io.buckbench.bench;

import org.junit.jupiter.api.Test;

/**
 * The profile {@code gpu} runs this test before all others, so that a machine that cannot run the
 * suite fails immediately instead of at the first trial.
 */
class PreflightIT {
  @Test
  void this_machine_can_run_the_suite() {
    Runs.preflight();
  }
}
