package io.buckbench.findings;

import io.buckbench.eval.Interval;
import io.buckbench.eval.Power;

/**
 * A verdict before the correction of the suite's p values for multiple tests.
 *
 * @param configuration the row it is about, or the empty string
 * @param verdict by the interval alone
 * @param needsTest whether the verdict also needs its p value to be small after the correction
 * @param statistic what was computed, with its unit
 * @param interval of the statistic, in its unit
 * @param pValue before the correction; NaN where there is no test
 * @param power what would have been missed
 * @param detail remarks for a person
 */
record ProvisionalVerdict(
    String configuration,
    Verdict verdict,
    boolean needsTest,
    String statistic,
    Interval interval,
    double pValue,
    Power power,
    String detail) {

  ProvisionalVerdict withVerdict(Verdict other, String why) {
    return new ProvisionalVerdict(
        configuration, other, false, statistic, interval, pValue, power, joined(detail, why));
  }

  /** Two remarks, either of which may be empty. */
  static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
  }
}
