package io.buckbench.findings;

import io.buckbench.findings.Outlook.Goal;
import io.buckbench.statistics.LinearStatistic;
import java.util.List;

/** Claims that compare the metric of each subject row with the margin. */
final class Bounds {
  private Bounds() {}

  /** Each row's metric is at least the margin. */
  static List<ProvisionalVerdict> atLeast(Comparison comparison) {
    return comparison.subjects().stream().map(row -> bound(comparison, row, true)).toList();
  }

  /** Each row's metric is at most the margin. */
  static List<ProvisionalVerdict> atMost(Comparison comparison) {
    return comparison.subjects().stream().map(row -> bound(comparison, row, false)).toList();
  }

  private static ProvisionalVerdict bound(
      Comparison comparison, ConfigurationRuns row, boolean least) {
    double margin = comparison.hypothesis().margin();
    LinearStatistic mean = comparison.mean(row);
    Tested above = comparison.above(mean, margin);
    Tested below = comparison.atMost(mean, margin);
    return comparison.verdict(
        row.id(),
        comparison.metricWithUnit(),
        mean,
        least ? above : below,
        least ? below : above,
        least
            ? comparison.atMostWords(mean, margin, "of " + comparison.hypothesis().metric().words())
            : comparison.atLeastWords(
                mean, margin, "of " + comparison.hypothesis().metric().words()),
        List.of(Goal.at(margin, true), Goal.at(margin, false)),
        details(comparison, row));
  }

  private static String details(Comparison comparison, ConfigurationRuns row) {
    return ProvisionalVerdict.joined(row.warnings(), comparison.basis(List.of(row)));
  }

  /** No row's metric exceeds the margin by an effect that matters. */
  static List<ProvisionalVerdict> noneAbove(Comparison comparison) {
    String of = "of " + comparison.hypothesis().metric().words();
    return Differences.none(
        comparison,
        comparison.subjects().stream()
            .map(
                row ->
                    comparison.above(
                        row.id(),
                        comparison.metricWithUnit(),
                        comparison.mean(row),
                        of,
                        details(comparison, row)))
            .toList(),
        of);
  }
}
