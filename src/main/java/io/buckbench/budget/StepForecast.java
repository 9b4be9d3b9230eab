package io.buckbench.budget;

import java.util.Arrays;

/**
 * Predicts an upper bound for the duration of the next step: the longest of the last {@value
 * #RECENT} steps, but at most {@value #CEILING} times the median of all steps.
 *
 * <p>Taking the longest recent step makes it rare that a step exceeds the budget. The ceiling keeps
 * one outlier (a garbage collection, other load on the machine) from ending a training early:
 * training stops only when less than three median steps are left, so if the median step is under 1
 * % of the budget, at least 97 % is used, for any distribution of step times.
 */
final class StepForecast {
  static final int RECENT = 32;
  static final int CEILING = 3;

  private final long[] recent = new long[RECENT];
  private long[] sorted = new long[256];
  private int count;

  /** Adds the duration of a step. */
  void observe(long nanos) {
    recent[count % RECENT] = nanos;
    if (count == sorted.length) {
      sorted = Arrays.copyOf(sorted, 2 * count);
    }
    int found = Arrays.binarySearch(sorted, 0, count, nanos);
    int place = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, place, sorted, place + 1, count - place);
    sorted[place] = nanos;
    count++;
  }

  /** Whether no step was observed yet. */
  boolean isEmpty() {
    return count == 0;
  }

  /** The prediction, in nanoseconds. */
  long nanos() {
    long longest = 0;
    for (int i = 0; i < Math.min(count, RECENT); i++) {
      longest = Math.max(longest, recent[i]);
    }
    long median = sorted[(count - 1) / 2];
    return median > longest / CEILING ? longest : CEILING * median;
  }
}
