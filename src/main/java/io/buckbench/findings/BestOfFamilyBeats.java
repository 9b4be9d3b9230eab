package io.buckbench.findings;

import io.buckbench.table.CsvRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In every family of subject rows (rows with the same value in the column {@code by}) the best row
 * beats the reference. The best is chosen on the same data, so its p value pays for the whole
 * family. One verdict: the family that does worst decides.
 */
final class BestOfFamilyBeats implements Claim {
  @Override
  public String id() {
    return "best-of-family-beats";
  }

  @Override
  public void check(CsvRow row) {
    row.required("subject");
    row.required("reference");
    row.required("by");
  }

  @Override
  public List<Draft> judge(Comparison comparison) {
    Map<String, List<Draft>> families = new LinkedHashMap<>();
    for (ExperimentRuns subject : comparison.subjects()) {
      String family =
          subject.records().get(0).declared().getOrDefault(comparison.hypothesis().by(), "");
      comparison
          .referenceOf(subject)
          .map(reference -> Beats.draft(comparison, subject, reference))
          .ifPresent(d -> families.computeIfAbsent(family, f -> new ArrayList<>()).add(d));
    }
    return families.entrySet().stream()
        .map(family -> best(family.getKey(), family.getValue()))
        .min(Comparator.comparingDouble((Draft d) -> d.interval().low()))
        .map(worst -> List.of(all(worst, families.size())))
        .orElse(List.of());
  }

  private static Draft best(String family, List<Draft> rows) {
    Draft best =
        rows.stream()
            .max(Comparator.comparingDouble((Draft d) -> d.interval().estimate()))
            .orElseThrow();
    return new Draft(
        best.experiment(),
        best.verdict(),
        best.needsTest(),
        best.statistic(),
        best.interval(),
        Math.min(1, best.pValue() * rows.size()),
        best.power(),
        Draft.joined("best of " + rows.size() + " " + family + " rows", best.detail()));
  }

  private static Draft all(Draft worst, int families) {
    return new Draft(
        "",
        worst.verdict(),
        worst.needsTest(),
        worst.statistic(),
        worst.interval(),
        worst.pValue(),
        worst.power(),
        Draft.joined(
            "of " + families + " families the weakest is shown, by " + worst.experiment(),
            worst.detail()));
  }
}
