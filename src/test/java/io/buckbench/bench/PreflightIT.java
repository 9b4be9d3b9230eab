package io.buckbench.bench;

import org.junit.jupiter.api.Test;

/**
 * Asked by the profile {@code gpu} before the first unit test, so that a machine that cannot run
 * the suite says so at once and not when a trial would begin.
 */
class PreflightIT {
  @Test
  void this_machine_can_run_the_suite() {
    Runs.preflight(System.getProperty(Runs.SUITE, "paper"));
  }
}
