package io.buckbench.budget;

import java.util.Locale;

/**
 * A step that took over {@value StepForecast#STALL} times as long as the longest step before it, so
 * that no forecast from these steps could know of it.
 *
 * @param step number of the step, from 1
 * @param seconds its duration
 * @param longestBefore duration of the longest step before it, in seconds
 * @param overspent whether the metered budget was exceeded by it
 */
public record Stall(int step, double seconds, double longestBefore, boolean overspent) {
  Stall overspending() {
    return new Stall(step, seconds, longestBefore, true);
  }

  /** For example {@code step 812 took 30.1 s, the longest before it 0.93 s}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "step %d took %.3g s, the longest before it %.3g s",
        step,
        seconds,
        longestBefore);
  }
}
