package io.buckbench.golden;

import io.buckbench.findings.Verdict;

/** Which change of an accepted verdict breaks a build. */
public enum VerdictRule {
  /** Any change: equal bits were promised, and they give equal verdicts. */
  EXACTLY,
  /** A turn to the opposite: for a suite whose bits may differ. */
  BY_DIRECTION,
  /**
   * None, a change is only shown: for one trial whose bits may differ. It is then another draw, and
   * chance decides whether it gets past a plateau; the suite's verdict over all seeds binds.
   */
  NOT_AT_ALL;

  /** The rule for verdicts over all seeds of a suite. */
  public static VerdictRule ofSuite(boolean equalBits) {
    return equalBits ? EXACTLY : BY_DIRECTION;
  }

  /** The rule for verdicts on one trial. */
  public static VerdictRule ofTrial(boolean equalBits) {
    return equalBits ? EXACTLY : NOT_AT_ALL;
  }

  /**
   * Whether a change breaks a build. {@link Verdict#NOT_RUN} is no verdict on either side: a
   * selection of rows must not look like a change.
   */
  public boolean brokenBy(Verdict accepted, Verdict now) {
    if (accepted == now || accepted == Verdict.NOT_RUN || now == Verdict.NOT_RUN) {
      return false;
    }
    return this == EXACTLY || this == BY_DIRECTION && accepted.opposes(now);
  }
}
