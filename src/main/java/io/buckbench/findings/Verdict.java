package io.buckbench.findings;

/**
 * What the records show about a hypothesis. A refuted hypothesis is a finding, not a failed test.
 */
public enum Verdict {
  SUPPORTED,
  REFUTED,
  /** The records do not decide: the interval allows both answers, or the power is too low. */
  INCONCLUSIVE,
  /** The rows it is about were not run. */
  NOT_RUN;

  /**
   * Whether one is the opposite of the other. On another device class chance may change a
   * borderline verdict to inconclusive or back, but not to its opposite.
   */
  public boolean opposes(Verdict other) {
    return this == SUPPORTED && other == REFUTED || this == REFUTED && other == SUPPORTED;
  }
}
