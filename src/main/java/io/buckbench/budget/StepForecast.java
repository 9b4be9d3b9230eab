package io.buckbench.budget;

import java.util.Arrays;

/**
 * How long the next step will take at most, guessed from those that went before: the longest of the
 * last {@value #RECENT}, but not more than {@value #CEILING} times the median of all.
 *
 * <p>The longest recent step makes it rare that a step overspends. The ceiling keeps one freak step
 * (a garbage collection, a neighbour on the machine) from ending a training early: since training
 * stops only when less than three ordinary steps are left, at least 97 % of a budget is used
 * whenever the median step is under 1 % of it, however heavy the tail.
 */
final class StepForecast {
  static final int RECENT = 32;
  static final int CEILING = 3;

  private final long[] recent = new long[RECENT];
  private long[] sorted = new long[256];
  private int count;

  /** Notes a step that was measured. */
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

  /** Whether any step was seen. */
  boolean isEmpty() {
    return count == 0;
  }

  /** The guess, in nanoseconds. */
  long nanos() {
    long longest = 0;
    for (int i = 0; i < Math.min(count, RECENT); i++) {
      longest = Math.max(longest, recent[i]);
    }
    long median = sorted[(count - 1) / 2];
    return median > longest / CEILING ? longest : CEILING * median;
  }
}
