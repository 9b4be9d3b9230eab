package io.buckbench.findings;

import java.util.List;

/** No subject row's metric is above the margin by an effect that matters. */
final class NoneAbove implements Claim {
  @Override
  public String id() {
    return "none-above";
  }

  @Override
  public List<ProvisionalVerdict> judge(Comparison comparison) {
    return NoneBeats.denied(
        comparison,
        comparison.subjects().stream()
            .map(subject -> AtLeast.draft(comparison, subject, comparison::above, true))
            .toList());
  }
}
