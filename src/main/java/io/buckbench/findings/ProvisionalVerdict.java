package io.buckbench.findings;

import io.buckbench.eval.Interval;

/**
 * A verdict before the correction of the suite's p values for multiple tests.
 *
 * @param configuration the row it is about; empty if it is about several
 * @param verdict by the interval alone
 * @param needsTest whether the verdict also requires a small p value after the correction
 * @param statistic the name of the statistic, with its unit
 * @param measured the statistic, its p value not yet corrected for the other tests of the suite
 * @param detail remarks for the reader
 */
record ProvisionalVerdict(
    String configuration,
    Verdict verdict,
    boolean needsTest,
    String statistic,
    Measured measured,
    String detail) {

  Interval interval() {
    return measured.interval();
  }

  ProvisionalVerdict withVerdict(Verdict other, String why) {
    return new ProvisionalVerdict(
        configuration, other, false, statistic, measured, joined(detail, why));
  }

  /** Joins two remarks, either of which may be empty. */
  static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
  }
}
