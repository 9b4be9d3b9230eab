package io.buckbench.findings;

import io.buckbench.eval.Interval;
import io.buckbench.input.CsvRow;
import java.util.Comparator;
import java.util.List;

/**
 * No subject row beats its reference by an effect that matters. One verdict for all rows; the
 * finding shows the row that comes nearest to refuting it.
 */
final class NoneBeats implements Claim {
  @Override
  public String id() {
    return "none-beats";
  }

  @Override
  public void check(CsvRow row) {
    row.required("subject");
    row.required("reference");
  }

  @Override
  public List<ProvisionalVerdict> judge(Comparison comparison) {
    return denied(comparison, new Beats().judge(comparison));
  }

  /** Turns the verdicts on "this row is above" into one on "none is". */
  static List<ProvisionalVerdict> denied(Comparison comparison, List<ProvisionalVerdict> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    ProvisionalVerdict nearest =
        rows.stream()
            .max(Comparator.comparingDouble((ProvisionalVerdict d) -> d.interval().low()))
            .orElseThrow();
    ProvisionalVerdict highest =
        rows.stream()
            .max(Comparator.comparingDouble((ProvisionalVerdict d) -> d.interval().high()))
            .orElseThrow();
    Verdict verdict = Verdict.INCONCLUSIVE;
    if (nearest.verdict() == Verdict.SUPPORTED) {
      verdict = Verdict.REFUTED;
    } else if (rows.stream().allMatch(d -> d.verdict() == Verdict.REFUTED)) {
      verdict = Verdict.SUPPORTED;
    }
    ProvisionalVerdict shown = verdict == Verdict.REFUTED ? nearest : highest;
    // The row was picked for being the largest, so its p value pays for all that were looked at.
    double p = Math.min(1, shown.pValue() * rows.size());
    Interval interval = shown.interval();
    return List.of(
        new ProvisionalVerdict(
            "",
            verdict,
            verdict == Verdict.REFUTED,
            shown.statistic(),
            interval,
            p,
            shown.power(),
            ProvisionalVerdict.joined(
                "of " + rows.size() + " rows " + shown.configuration() + " comes nearest",
                shown.detail())));
  }
}
