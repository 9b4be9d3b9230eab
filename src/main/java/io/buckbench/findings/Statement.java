package io.buckbench.findings;

import java.util.List;

/**
 * What a hypothesis states, for readers of its findings.
 *
 * @param id the hypothesis
 * @param claim the kind of claim, such as {@code beats}
 * @param sentence the claim
 * @param source who claims it, and when it was declared
 * @param margins the value that the statistic is compared with, in {@code unit}, as the last one;
 *     before it those of the hypotheses that this one superseded, the oldest first, as far as they
 *     made the same kind of claim about the same metric
 * @param upper whether the statistic must stay below the margin, so that a larger margin is easier
 *     to keep
 * @param unit of the margins and of the estimates
 */
public record Statement(
    String id,
    String claim,
    String sentence,
    String source,
    List<Double> margins,
    boolean upper,
    String unit) {
  public Statement {
    margins = List.copyOf(margins);
  }

  /** The value that the statistic is compared with, in {@link #unit}. */
  public double margin() {
    return margins.get(margins.size() - 1);
  }

  /** How often a hypothesis with a margin that is easier to keep superseded the one before it. */
  public int loosened() {
    int count = 0;
    for (int i = 1; i < margins.size(); i++) {
      double change = margins.get(i) - margins.get(i - 1);
      count += (upper ? change > 0 : change < 0) ? 1 : 0;
    }
    return count;
  }
}
