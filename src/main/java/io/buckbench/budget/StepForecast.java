package io.buckbench.budget;

import java.util.ArrayList;
import java.util.List;

/**
 * Predicts an upper bound for the duration of the next step: {@value #STALL} times the longest step
 * so far. The first steps count, in which code is compiled and memory is allocated.
 *
 * <p>A longer step is a {@link Stall}. So a metered training overspends only by a stall, for any
 * distribution of step times, and it leaves at most this reserve of its budget unspent.
 */
final class StepForecast {
  /** A step that exceeds the longest step before it by more than this factor is a stall. */
  static final int STALL = 5;

  private final List<Stall> stalls = new ArrayList<>();
  private long longest;
  private int count;

  /** Adds the duration of a step. */
  void observe(long nanos) {
    count++;
    if (count > 1 && nanos > STALL * longest) {
      stalls.add(new Stall(count, nanos / 1e9, longest / 1e9, false));
    }
    longest = Math.max(longest, nanos);
  }

  /** Takes over what another forecast has observed. */
  void restore(int steps, long longestNanos, List<Stall> earlier) {
    count = steps;
    longest = longestNanos;
    stalls.addAll(earlier);
  }

  /** Whether no step was observed yet. */
  boolean isEmpty() {
    return count == 0;
  }

  /** The duration of the longest step so far, in nanoseconds. */
  long longest() {
    return longest;
  }

  /** The prediction, in nanoseconds. */
  long nanos() {
    return STALL * longest;
  }

  /** The stalls so far. */
  List<Stall> stalls() {
    return List.copyOf(stalls);
  }
}
