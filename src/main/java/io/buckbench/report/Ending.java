package io.buckbench.report;

import io.buckbench.record.RunRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a trial ended otherwise than planned. A trial can be in several of these. */
public enum Ending {
  /** A loss was not finite. */
  DIVERGED,
  /** An exception ended it. */
  FAILED,
  /** Its worker process died or was killed. */
  KILLED,
  /** Its budget paid for less than the first step. */
  BELOW_FIRST_STEP,
  /** It spent more than its metered budget. */
  OVER_BUDGET,
  /** It broke a promise other than by one of these endings. */
  BROKEN_PROMISE;

  /** Every ending of a trial; empty for one that went as planned. */
  public static List<Ending> of(RunRecord run) {
    List<Ending> endings = new ArrayList<>();
    switch (run.status()) {
      case DIVERGED -> endings.add(DIVERGED);
      case FAILED -> endings.add(run.failure().contains("worker process") ? KILLED : FAILED);
      case UNAFFORDABLE -> endings.add(BELOW_FIRST_STEP);
      case COMPLETED -> {}
    }
    if (run.cost().overspent()) {
      endings.add(OVER_BUDGET);
    }
    if (endings.isEmpty() && !run.broken().isEmpty()) {
      endings.add(BROKEN_PROMISE);
    }
    return endings;
  }

  /** The trials with each ending that occurred, in the order of the endings. */
  public static Map<Ending, List<RunRecord>> among(List<RunRecord> runs) {
    Map<Ending, List<RunRecord>> found = new EnumMap<>(Ending.class);
    for (RunRecord run : runs) {
      of(run).forEach(ending -> found.computeIfAbsent(ending, e -> new ArrayList<>()).add(run));
    }
    return found;
  }

  /** For example {@code over budget}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
