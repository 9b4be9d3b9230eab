package io.buckbench.findings;

import io.buckbench.table.CsvRow;
import java.util.ArrayList;
import java.util.List;

/** Each subject row has more of the metric than its reference, by more than the margin. */
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
  public List<Draft> judge(Comparison comparison) {
    List<Draft> drafts = new ArrayList<>();
    for (ExperimentRuns subject : comparison.subjects()) {
      comparison
          .referenceOf(subject)
          .ifPresent(reference -> drafts.add(draft(comparison, subject, reference)));
    }
    return drafts;
  }

  static Draft draft(Comparison comparison, ExperimentRuns subject, ExperimentRuns reference) {
    Comparison.Measured measured = comparison.difference(subject, reference);
    Verdict verdict = comparison.above(measured.interval());
    return new Draft(
        subject.id(),
        verdict,
        verdict == Verdict.SUPPORTED,
        comparison.differenceTo(reference.id()),
        measured.interval(),
        measured.pValue(),
        measured.power(),
        Draft.joined(subject.warnings(), reference.warnings()));
  }
}
