package io.buckbench.golden;

/** The outcome of comparing one row. */
public enum RowOutcome {
  /** Equal bits, or a change within the margin. */
  SAME,
  /** The accuracy fell by more than the margin and by more than chance explains. */
  REGRESSED,
  /** The accuracy rose likewise, which needs an explanation too. */
  IMPROVED,
  /** Neither a change nor its absence is shown; see the power of the test. */
  INCONCLUSIVE,
  /** Accepted and not run. */
  MISSING,
  /** Run and never accepted. */
  NEW
}
