package io.buckbench.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In every family of subject rows (rows with the same value in the column {@code by}), the best row
 * beats the reference. The best row is selected on the same data, so its p value is multiplied by
 * the size of the family. The one verdict is that of the weakest family.
 */
final class BestOfFamilyBeats {
  private BestOfFamilyBeats() {}

  static List<ProvisionalVerdict> judge(Comparison comparison) {
    Map<String, List<ProvisionalVerdict>> families = new LinkedHashMap<>();
    for (ConfigurationRuns subject : comparison.subjects()) {
      String family = subject.records().get(0).declared().value(comparison.hypothesis().by());
      comparison
          .referenceOf(subject)
          .map(reference -> Differences.beats(comparison, subject, reference))
          .ifPresent(v -> families.computeIfAbsent(family, f -> new ArrayList<>()).add(v));
    }
    return families.entrySet().stream()
        .map(family -> best(family.getKey(), family.getValue()))
        .min(Comparator.comparingDouble((ProvisionalVerdict v) -> v.interval().low()))
        .map(
            worst ->
                shown(
                    worst,
                    "",
                    worst.measured(),
                    "of "
                        + families.size()
                        + " families the weakest is shown, by "
                        + worst.configuration()))
        .stream()
        .toList();
  }

  private static ProvisionalVerdict best(String family, List<ProvisionalVerdict> rows) {
    ProvisionalVerdict best =
        rows.stream()
            .max(Comparator.comparingDouble((ProvisionalVerdict v) -> v.interval().estimate()))
            .orElseThrow();
    return shown(
        best,
        best.configuration(),
        best.measured().selectedFrom(rows.size()),
        "best of " + rows.size() + " " + family + " rows");
  }

  private static ProvisionalVerdict shown(
      ProvisionalVerdict row, String configuration, Measured measured, String why) {
    return new ProvisionalVerdict(
        configuration,
        row.verdict(),
        row.needsTest(),
        row.statistic(),
        measured,
        ProvisionalVerdict.joined(why, row.detail()));
  }
}
