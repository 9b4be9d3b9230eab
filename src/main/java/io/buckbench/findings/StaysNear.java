package io.buckbench.findings;

import io.buckbench.eval.Interval;
import io.buckbench.input.CsvRow;
import java.util.List;

/**
 * Each subject row's metric differs from its reference's by at most the margin either way. An
 * equivalence claim: it is supported only by an interval that is wholly within the margin.
 */
final class StaysNear implements Claim {
  @Override
  public String id() {
    return "stays-near";
  }

  @Override
  public void check(CsvRow row) {
    row.required("subject");
    row.required("reference");
  }

  @Override
  public List<ProvisionalVerdict> judge(Comparison comparison) {
    return comparison.judged((subject, reference) -> draft(comparison, subject, reference));
  }

  private static ProvisionalVerdict draft(
      Comparison comparison, ConfigurationRuns subject, ConfigurationRuns reference) {
    Comparison.Measured measured = comparison.difference(subject, reference);
    return new ProvisionalVerdict(
        subject.id(),
        verdict(measured.interval(), comparison.hypothesis().margin()),
        false,
        comparison.differenceTo(reference.id()),
        measured.interval(),
        Double.NaN,
        measured.power(),
        ProvisionalVerdict.joined(subject.warnings(), reference.warnings()));
  }

  private static Verdict verdict(Interval interval, double margin) {
    if (interval.low() >= -margin && interval.high() <= margin) {
      return Verdict.SUPPORTED;
    }
    return interval.low() > margin || interval.high() < -margin
        ? Verdict.REFUTED
        : Verdict.INCONCLUSIVE;
  }
}
