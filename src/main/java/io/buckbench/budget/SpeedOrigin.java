package io.buckbench.budget;

import java.util.Locale;

/**
 * The calibration that measured a speed. Speeds of one calibration were measured in turns on the
 * same machine under the same load, so that equal budgets give comparable numbers of steps.
 *
 * @param calibration when it started, an ISO instant such as {@code 2026-11-25T10:03:22Z}
 * @param machine the processor or GPU
 * @param threads the threads of a training
 * @param workers the processes that trained at the same time
 */
public record SpeedOrigin(String calibration, String machine, int threads, int workers) {
  /** For example {@code calibration 2026-11-25T10:03:22Z on AMD EPYC, 1 thread, 2 workers}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "calibration %s on %s, %s, %s",
        calibration,
        machine,
        count(threads, "thread"),
        count(workers, "worker"));
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
