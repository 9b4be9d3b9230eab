package io.buckbench.findings;

import io.buckbench.eval.Interval;
import io.buckbench.eval.Power;

/**
 * A statistic in the metric's unit.
 *
 * @param interval the estimate and its 95 % interval
 * @param pValue two-sided, of the null hypothesis that the statistic equals the claim's margin; NaN
 *     if nothing was tested
 * @param power the effect that would have been missed
 */
record Measured(Interval interval, double pValue, Power power) {
  /** Nothing was measured. */
  static final Measured NONE = new Measured(Interval.NONE, Double.NaN, new Power(0, 0, Double.NaN));

  /** This statistic without its test. */
  Measured untested() {
    return new Measured(interval, Double.NaN, power);
  }

  /** This statistic if it was selected for its value from several: Bonferroni's correction. */
  Measured selectedFrom(int candidates) {
    return new Measured(interval, Math.min(1, pValue * candidates), power);
  }
}
