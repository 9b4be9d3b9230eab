package io.buckbench.report;

import io.buckbench.eval.SeedSummary;
import io.buckbench.statistics.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The best row within limits. There is no composite score: rows that cannot be told from the best
 * are named beside it.
 *
 * @param limits the limits
 * @param best the trained row with the best mean accuracy; empty if none is within the limits
 * @param peers the other rows within the limits whose difference to the best has a 95 % interval
 *     that contains 0, in the suite's order
 * @param excluded trained rows that are beyond a limit or were not measured against it
 */
public record BestWithin(
    Limits limits,
    Optional<ConfigurationSummary> best,
    List<ConfigurationSummary> peers,
    List<ConfigurationSummary> excluded) {

  /** Finds the best row of a report within its limits. */
  public static BestWithin of(SuiteReport report) {
    List<ConfigurationSummary> trained =
        report.reported().stream()
            .filter(row -> row.role() == Role.TRAINED && row.scores().isPresent())
            .toList();
    List<ConfigurationSummary> within =
        trained.stream().filter(row -> !row.overspent() && report.limits().allow(row)).toList();
    Optional<ConfigurationSummary> best =
        within.stream()
            .max(
                Comparator.comparingDouble(
                    row ->
                        row.scores().map(SeedSummary::accuracy).orElse(Interval.NONE).estimate()));
    List<ConfigurationSummary> peers =
        within.stream()
            .filter(row -> best.isPresent() && row != best.get())
            .filter(row -> !(Headline.lossAgainst(best.orElseThrow(), row).low() > 0))
            .toList();
    return new BestWithin(
        report.limits(),
        best,
        peers,
        trained.stream().filter(row -> !within.contains(row)).toList());
  }

  /** Names the best row and its peers. */
  public String sentence() {
    if (best.isEmpty()) {
      return limits + ": no trained row";
    }
    ConfigurationSummary row = best.orElseThrow();
    String names =
        String.join(", ", peers.stream().map(ConfigurationSummary::configuration).toList());
    return limits
        + ": "
        + row.configuration()
        + " is best with "
        + row.scores().map(s -> Formats.interval(s.accuracy())).orElse("no answers")
        + " %"
        + (peers.isEmpty()
            ? "; every other row is shown to be worse"
            : "; not told from it: " + names);
  }
}
