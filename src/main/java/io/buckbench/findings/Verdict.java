package io.buckbench.findings;

/** What the records say of a hypothesis. A refuted hypothesis is a finding, not a failed test. */
public enum Verdict {
  SUPPORTED,
  REFUTED,
  /** The records cannot tell: the interval holds both answers, or the power is too low. */
  INCONCLUSIVE,
  /** The rows it speaks of were not run. */
  NOT_RUN;

  /**
   * Whether one says the opposite of the other. On another device class chance may move a
   * borderline verdict to inconclusive and back, not across.
   */
  public boolean opposes(Verdict other) {
    return this == SUPPORTED && other == REFUTED || this == REFUTED && other == SUPPORTED;
  }
}
