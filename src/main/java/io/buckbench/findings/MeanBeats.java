package io.buckbench.findings;

import io.buckbench.input.CsvRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The subject rows' mean of the metric exceeds the reference rows', by more than the margin. */
final class MeanBeats implements Claim {
  @Override
  public String id() {
    return "mean-beats";
  }

  @Override
  public void check(CsvRow row) {
    row.required("subject");
    row.required("reference");
  }

  @Override
  public List<ProvisionalVerdict> judge(Comparison comparison) {
    List<ConfigurationRuns> subjects = comparison.subjects();
    List<ConfigurationRuns> references = comparison.references();
    if (subjects.isEmpty() || references.isEmpty()) {
      return List.of();
    }
    List<ConfigurationRuns> all = new ArrayList<>(subjects);
    all.addAll(references);
    int split = subjects.size();
    Comparison.Measured measured =
        comparison.of(all, means -> mean(means, 0, split) - mean(means, split, means.length));
    Verdict verdict = comparison.above(measured.interval());
    return List.of(
        new ProvisionalVerdict(
            "",
            verdict,
            verdict == Verdict.SUPPORTED,
            comparison.differenceTo("the mean of " + ids(references)),
            measured.interval(),
            measured.pValue(),
            measured.power(),
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
