package io.buckbench.findings;

import io.buckbench.eval.Interval;
import java.util.List;

/** Each subject row's metric is at most the margin. */
final class AtMost implements Claim {
  @Override
  public String id() {
    return "at-most";
  }

  @Override
  public List<ProvisionalVerdict> judge(Comparison comparison) {
    double margin = comparison.hypothesis().margin();
    return comparison.subjects().stream()
        .map(subject -> AtLeast.draft(comparison, subject, i -> verdict(i, margin), false))
        .toList();
  }

  private static Verdict verdict(Interval interval, double margin) {
    if (interval.high() <= margin) {
      return Verdict.SUPPORTED;
    }
    return interval.low() > margin ? Verdict.REFUTED : Verdict.INCONCLUSIVE;
  }
}
