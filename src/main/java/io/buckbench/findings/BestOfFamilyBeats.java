package io.buckbench.findings;

import io.buckbench.input.CsvRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In every family of subject rows (rows with the same value in the column {@code by}) the best row
 * beats the reference. The best is chosen on the same data, so its p value is multiplied by the
 * size of the family. There is one verdict: that of the weakest family.
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
  public List<ProvisionalVerdict> judge(Comparison comparison) {
    Map<String, List<ProvisionalVerdict>> families = new LinkedHashMap<>();
    for (ConfigurationRuns subject : comparison.subjects()) {
      String family = subject.records().get(0).declared().value(comparison.hypothesis().by());
      comparison
          .referenceOf(subject)
          .map(reference -> Beats.draft(comparison, subject, reference))
          .ifPresent(d -> families.computeIfAbsent(family, f -> new ArrayList<>()).add(d));
    }
    return families.entrySet().stream()
        .map(family -> best(family.getKey(), family.getValue()))
        .min(Comparator.comparingDouble((ProvisionalVerdict d) -> d.interval().low()))
        .map(worst -> List.of(all(worst, families.size())))
        .orElse(List.of());
  }

  private static ProvisionalVerdict best(String family, List<ProvisionalVerdict> rows) {
    ProvisionalVerdict best =
        rows.stream()
            .max(Comparator.comparingDouble((ProvisionalVerdict d) -> d.interval().estimate()))
            .orElseThrow();
    return new ProvisionalVerdict(
        best.configuration(),
        best.verdict(),
        best.needsTest(),
        best.statistic(),
        best.interval(),
        Math.min(1, best.pValue() * rows.size()),
        best.power(),
        ProvisionalVerdict.joined(
            "best of " + rows.size() + " " + family + " rows", best.detail()));
  }

  private static ProvisionalVerdict all(ProvisionalVerdict worst, int families) {
    return new ProvisionalVerdict(
        "",
        worst.verdict(),
        worst.needsTest(),
        worst.statistic(),
        worst.interval(),
        worst.pValue(),
        worst.power(),
        ProvisionalVerdict.joined(
            "of " + families + " families the weakest is shown, by " + worst.configuration(),
            worst.detail()));
  }
}
