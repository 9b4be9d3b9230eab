package io.buckbench.findings;

import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.Power;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How far more seeds would lead.
 *
 * @param statistic of the claim
 * @param goals values that the statistic has to be shown above or below for a verdict
 * @param metric gives the unit
 */
record Outlook(LinearStatistic statistic, List<Goal> goals, Metric metric) {
  /** Nothing was measured. */
  static final Outlook NONE = new Outlook(null, List.of(), null);

  /**
   * A way to a verdict.
   *
   * @param value in the unit of the metric
   * @param above whether the statistic has to be above it
   * @param level of the one-sided test if it is the only one of the suite
   */
  record Goal(double value, boolean above, double level) {
    /** One that takes the end of a 95 % interval. */
    static Goal at(double value, boolean above) {
      return new Goal(value, above, Tested.LEVEL / 2);
    }
  }

  /** Describes the effect that would have been missed. */
  String power() {
    return statistic == null
        ? ""
        : statistic.power().sentence("a difference", metric.scale(), metric.unit());
  }

  /**
   * Describes how many seeds would decide a claim that is open.
   *
   * @param tests number of tests of the suite; the claim's may be the first of Holm's steps
   */
  String seeds(int tests) {
    if (statistic == null) {
      return "";
    }
    Power power = statistic.power();
    if (!power.estimable()) {
      return "the number of seeds that would decide it cannot be estimated"
          + (statistic.seeds() == 1 ? "" : ", since the seeds do not differ");
    }
    String seen = metric.format(metric.scale() * statistic.estimate()) + " " + metric.unit();
    OptionalInt fewest = fewest(tests);
    String assumed =
        String.format(
            Locale.ROOT,
            "if the true value is the %s seen and other seeds differ as these do",
            seen);
    return fewest.isPresent()
        ? String.format(
            Locale.ROOT,
            "about %d seeds a row would decide it (80 %% power after Holm over %d tests, %s)",
            fewest.getAsInt(),
            tests,
            assumed)
        : "no number of seeds up to 1000 would decide it " + assumed + "; more test items may";
  }

  /** The number of seeds that {@link #seeds} names; empty if there is none. */
  OptionalInt fewest(int tests) {
    return statistic == null
        ? OptionalInt.empty()
        : goals.stream()
            .map(goal -> seeds(statistic.power(), goal, tests))
            .flatMapToInt(OptionalInt::stream)
            .min();
  }

  private OptionalInt seeds(Power power, Goal goal, int tests) {
    double distance = statistic.estimate() - goal.value() / metric.scale();
    return power.seedsFor(
        goal.above() ? distance : -distance, goal.level() / Math.max(1, tests), goal.above());
  }
}
