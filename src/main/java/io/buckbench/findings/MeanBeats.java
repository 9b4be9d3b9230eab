package io.buckbench.findings;

import java.util.ArrayList;
import java.util.Arrays;
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
    List<ConfigurationRuns> all = new ArrayList<>(subjects);
    all.addAll(references);
    int split = subjects.size();
    return List.of(
        comparison.above(
            "",
            comparison.differenceTo("the mean of " + ids(references)),
            comparison.of(all, means -> mean(means, 0, split) - mean(means, split, means.length)),
            all.stream()
                .map(ConfigurationRuns::warnings)
                .reduce("mean of " + ids(subjects), ProvisionalVerdict::joined)));
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  private static String ids(List<ConfigurationRuns> rows) {
    return rows.stream().map(ConfigurationRuns::id).collect(Collectors.joining(", "));
  }
}
