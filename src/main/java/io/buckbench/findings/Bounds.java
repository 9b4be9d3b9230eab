package io.buckbench.findings;

import io.buckbench.eval.Interval;
import java.util.List;
import java.util.function.Function;

/** Claims that compare the metric of each subject row with the margin. */
final class Bounds {
  private Bounds() {}

  /** Each row's metric is at least the margin. */
  static List<ProvisionalVerdict> atLeast(Comparison comparison) {
    double margin = comparison.hypothesis().margin();
    return untested(comparison, i -> Verdict.of(i.low() >= margin, i.high() < margin));
  }

  /** Each row's metric is at most the margin. */
  static List<ProvisionalVerdict> atMost(Comparison comparison) {
    double margin = comparison.hypothesis().margin();
    return untested(comparison, i -> Verdict.of(i.high() <= margin, i.low() > margin));
  }

  private static List<ProvisionalVerdict> untested(
      Comparison comparison, Function<Interval, Verdict> rule) {
    return comparison.subjects().stream()
        .map(row -> verdict(comparison, row, comparison.value(row).untested(), rule))
        .toList();
  }

  /** No row's metric exceeds the margin by an effect that matters. */
  static List<ProvisionalVerdict> noneAbove(Comparison comparison) {
    return Differences.none(
        comparison.subjects().stream()
            .map(row -> verdict(comparison, row, comparison.value(row), comparison::above))
            .toList());
  }

  private static ProvisionalVerdict verdict(
      Comparison comparison,
      ConfigurationRuns row,
      Measured measured,
      Function<Interval, Verdict> rule) {
    return new ProvisionalVerdict(
        row.id(),
        rule.apply(measured.interval()),
        false,
        comparison.metricWithUnit(),
        measured,
        row.warnings());
  }
}
