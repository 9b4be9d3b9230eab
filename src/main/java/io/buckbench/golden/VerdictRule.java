package io.buckbench.golden;

import io.buckbench.findings.Verdict;

/** The rule for which changes of an accepted verdict fail the build. */
public enum VerdictRule {
  /** Any change, because equal bits are promised and give equal verdicts. */
  EXACTLY,
  /** A change to the opposite verdict, for a suite whose bits may differ. */
  BY_DIRECTION;

  /** The rule for verdicts over all seeds of a suite. */
  public static VerdictRule ofSuite(boolean equalBits) {
    return equalBits ? EXACTLY : BY_DIRECTION;
  }

  /**
   * Whether a change fails the build. {@link Verdict#NOT_RUN} on either side does not, so that a
   * selection of rows is not reported as a change.
   */
  public boolean brokenBy(Verdict accepted, Verdict now) {
    if (accepted == now || accepted == Verdict.NOT_RUN || now == Verdict.NOT_RUN) {
      return false;
    }
    return this == EXACTLY || accepted.opposes(now);
  }

  /**
   * Whether a change fails the build after the rows were trained on fresh seeds: not if equal bits
   * are not promised and the fresh seeds do not show the opposite verdict too.
   *
   * @param confirmed the verdict on the fresh seeds alone
   */
  public boolean brokenBy(Verdict accepted, Verdict now, Verdict confirmed) {
    return brokenBy(accepted, now)
        && (this == EXACTLY || confirmed == Verdict.NOT_RUN || accepted.opposes(confirmed));
  }
}
