package io.buckbench.findings;

import io.buckbench.input.CsvRow;
import java.util.List;

/** Each subject row's metric exceeds its reference's by more than the margin. */
final class Beats implements Claim {
  @Override
  public String id() {
    return "beats";
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

  static ProvisionalVerdict draft(
      Comparison comparison, ConfigurationRuns subject, ConfigurationRuns reference) {
    Comparison.Measured measured = comparison.difference(subject, reference);
    Verdict verdict = comparison.above(measured.interval());
    return new ProvisionalVerdict(
        subject.id(),
        verdict,
        verdict == Verdict.SUPPORTED,
        comparison.differenceTo(reference.id()),
        measured.interval(),
        measured.pValue(),
        measured.power(),
        ProvisionalVerdict.joined(subject.warnings(), reference.warnings()));
  }
}
