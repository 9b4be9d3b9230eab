package io.buckbench.findings;

import io.buckbench.eval.Interval;
import java.util.List;
import java.util.function.Function;

/** Each subject row's metric is at least the margin. */
final class AtLeast implements Claim {
  @Override
  public String id() {
    return "at-least";
  }

  @Override
  public List<ProvisionalVerdict> judge(Comparison comparison) {
    double margin = comparison.hypothesis().margin();
    return comparison.subjects().stream()
        .map(subject -> draft(comparison, subject, i -> verdict(i, margin), false))
        .toList();
  }

  private static Verdict verdict(Interval interval, double margin) {
    if (interval.low() >= margin) {
      return Verdict.SUPPORTED;
    }
    return interval.high() < margin ? Verdict.REFUTED : Verdict.INCONCLUSIVE;
  }

  /** A draft on one row's own value. */
  static ProvisionalVerdict draft(
      Comparison comparison,
      ConfigurationRuns subject,
      Function<Interval, Verdict> rule,
      boolean tested) {
    Comparison.Measured measured = comparison.value(subject);
    return new ProvisionalVerdict(
        subject.id(),
        rule.apply(measured.interval()),
        false,
        comparison.plain(),
        measured.interval(),
        tested ? measured.pValue() : Double.NaN,
        measured.power(),
        subject.warnings());
  }
}
