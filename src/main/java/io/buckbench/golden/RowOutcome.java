package io.buckbench.golden;

/** What a comparison says of one row. */
public enum RowOutcome {
  /** Equal bits, or a change that is shown to lie within the margin. */
  SAME,
  /** Accuracy fell by more than the margin, and by more than chance. */
  REGRESSED,
  /** Accuracy rose by more than the margin, and by more than chance: too good needs a look too. */
  IMPROVED,
  /** Neither a change nor its absence is shown; the power says what would have been missed. */
  INCONCLUSIVE,
  /** Accepted, and not run now. */
  MISSING,
  /** Run now, and never accepted. */
  NEW
}
