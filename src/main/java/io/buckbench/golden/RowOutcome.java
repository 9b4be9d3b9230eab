package io.buckbench.golden;

/** The outcome of comparing one row. */
public enum RowOutcome {
  /** Equal bits, or a change that is shown to be within the margin. */
  SAME,
  /** Accuracy fell by more than the margin, and by more than chance. */
  REGRESSED,
  /**
   * Accuracy rose by more than the margin, and by more than chance: which needs an explanation too.
   */
  IMPROVED,
  /** Neither a change nor its absence is shown; the power says what size would be missed. */
  INCONCLUSIVE,
  /** Accepted, and not run now. */
  MISSING,
  /** Run now, and never accepted. */
  NEW
}
