package io.buckbench.golden;

/** The outcome of comparing one row. */
public enum RowOutcome {
  /** Equal bits, or a change within the margin. */
  SAME,
  /**
   * The accuracy changed by more than the margin and by more than chance explains. Among many
   * comparisons some do by chance, so it is to be confirmed with fresh seeds.
   */
  SUSPECTED,
  /**
   * The accuracy fell by more than the margin and by more than chance explains, confirmed on fresh
   * seeds or with bits that must be equal and are not.
   */
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
