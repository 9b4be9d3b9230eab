package io.buckbench.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Which seeds of a row learned and which collapsed, and what they score in a metric.
 *
 * @param endings how each seed ended, in the order of the seeds
 * @param collapsedScore what a collapsed seed scores, for a row of which none did; NaN if unknown
 * @param lowest the lowest score that a seed that learned can have
 * @param highest the highest score that a seed that learned can have
 */
public record Learning(List<Ending> endings, double collapsedScore, double lowest, double highest) {
  /** How a seed ended. */
  public enum Ending {
    LEARNED,
    COLLAPSED,
    /** It neither learned nor collapsed: its answers are unreadable, or no better than chance. */
    OTHER
  }

  /** Nothing is known, for a metric without answers such as a loss. */
  public static final Learning UNKNOWN =
      new Learning(List.of(), Double.NaN, Double.NaN, Double.NaN);

  public Learning {
    endings = List.copyOf(endings);
  }

  int count(Ending ending) {
    return (int) endings.stream().filter(e -> e == ending).count();
  }

  /** The values of the seeds that ended in this way. */
  double[] of(Ending ending, double[] perSeed) {
    double[] some = new double[perSeed.length];
    int n = 0;
    for (int s = 0; s < perSeed.length; s++) {
      if (endings.get(s) == ending) {
        some[n++] = perSeed[s];
      }
    }
    return Arrays.copyOf(some, n);
  }
}
