package io.buckbench.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In every family of subject rows (rows with the same value in the column {@code by}), the best row
 * beats the reference. The best row is selected on the same data, so its p value is multiplied by
 * the size of the family; a family fails if each of its rows does. Over families the claim needs
 * all of them: the weakest counts, and one that fails refutes it.
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
    List<ProvisionalVerdict> best = new ArrayList<>();
    families.forEach((family, rows) -> best.add(best(family, rows)));
    return best.stream()
        .min(Comparator.comparingDouble((ProvisionalVerdict v) -> v.interval().low()))
        .map(
            weakest ->
                weakest.with(
                    "",
                    Differences.weakest(best.stream().map(ProvisionalVerdict::supported).toList()),
                    Differences.strongest(best.stream().map(ProvisionalVerdict::refuted).toList()),
                    weakest.refutation(),
                    "of "
                        + families.size()
                        + " families the weakest is shown, by "
                        + weakest.configuration()))
        .stream()
        .toList();
  }

  private static ProvisionalVerdict best(String family, List<ProvisionalVerdict> rows) {
    ProvisionalVerdict best =
        rows.stream()
            .max(Comparator.comparingDouble((ProvisionalVerdict v) -> v.interval().estimate()))
            .orElseThrow();
    return best.with(
        best.configuration(),
        best.supported().selectedFrom(rows.size()),
        Differences.weakest(rows.stream().map(ProvisionalVerdict::refuted).toList()),
        best.refutation(),
        "best of " + rows.size() + " " + family + " rows");
  }
}
