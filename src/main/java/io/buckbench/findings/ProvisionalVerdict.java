package io.buckbench.findings;

import io.buckbench.statistics.Interval;

/**
 * What the records say of a claim, before the suite's p values are corrected together.
 *
 * @param configuration the row it is about; empty if it is about several
 * @param statistic the name of the statistic, with its unit
 * @param interval the estimate and its 95 % interval, in the unit
 * @param supported the test of the claim
 * @param refuted the test of its opposite
 * @param refutation what a refutation says, for example {@code at most 0.75 points better, 2 would
 *     count}
 * @param outlook how far more seeds would lead
 * @param run whether the rows were run
 * @param detail remarks for the reader
 */
record ProvisionalVerdict(
    String configuration,
    String statistic,
    Interval interval,
    Tested supported,
    Tested refuted,
    String refutation,
    Outlook outlook,
    boolean run,
    String detail) {

  /** The verdict that the rows were not run. */
  static ProvisionalVerdict notRun(String why) {
    return new ProvisionalVerdict(
        "", "", Interval.NONE, Tested.NONE, Tested.NONE, "", Outlook.NONE, false, why);
  }

  /** The verdict by the interval alone. */
  Verdict verdict() {
    return run ? Verdict.of(supported.byInterval(), refuted.byInterval()) : Verdict.NOT_RUN;
  }

  /** The same measurement with other tests. */
  ProvisionalVerdict with(
      String row, Tested supports, Tested refutes, String refutation, String why) {
    return new ProvisionalVerdict(
        row, statistic, interval, supports, refutes, refutation, outlook, run, joined(why, detail));
  }

  /** The same with another interval. */
  ProvisionalVerdict measured(Interval other) {
    return new ProvisionalVerdict(
        configuration, statistic, other, supported, refuted, refutation, Outlook.NONE, run, detail);
  }

  /** Whether the claim could be tested. */
  boolean tested() {
    return !Double.isNaN(supported.pValue());
  }

  /** Without a verdict, for the given reason. */
  ProvisionalVerdict undecided(String why) {
    return with(configuration, Tested.NONE, Tested.NONE, "", why);
  }

  /** Joins two remarks, either of which may be empty. */
  static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
  }
}
