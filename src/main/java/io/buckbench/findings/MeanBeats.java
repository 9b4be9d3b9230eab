package io.buckbench.findings;

import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.LinearStatistic.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The mean of the subject rows' metric exceeds that of the reference rows by over the margin. */
final class MeanBeats {
  private MeanBeats() {}

  static List<ProvisionalVerdict> judge(Comparison comparison) {
    List<ConfigurationRuns> subjects = comparison.subjects();
    List<ConfigurationRuns> references = comparison.references();
    if (subjects.isEmpty() || references.isEmpty()) {
      return List.of();
    }
    List<Term> terms = new ArrayList<>();
    subjects.forEach(row -> terms.add(new Term(1.0 / subjects.size(), comparison.sample(row))));
    references.forEach(
        row -> terms.add(new Term(-1.0 / references.size(), comparison.sample(row))));
    List<ConfigurationRuns> all = new ArrayList<>(subjects);
    all.addAll(references);
    String details =
        all.stream()
            .map(ConfigurationRuns::warnings)
            .reduce("mean of " + ids(subjects), ProvisionalVerdict::joined);
    return List.of(
        comparison.above(
            "",
            comparison.differenceTo("the mean of " + ids(references)),
            LinearStatistic.of(terms),
            "more",
            ProvisionalVerdict.joined(details, comparison.basis(all))));
  }

  private static String ids(List<ConfigurationRuns> rows) {
    return rows.stream().map(ConfigurationRuns::id).collect(Collectors.joining(", "));
  }
}
