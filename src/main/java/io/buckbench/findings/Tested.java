package io.buckbench.findings;

/**
 * The test of a claim, or of its opposite.
 *
 * @param pValue not yet corrected for the other tests of the suite; NaN if it cannot be tested
 * @param byInterval whether the interval alone shows it
 */
record Tested(double pValue, boolean byInterval) {
  /** The seeds allow no test. */
  static final Tested NONE = new Tested(Double.NaN, false);

  /** The level of all tests of a suite together. */
  static final double LEVEL = 0.05;

  /**
   * A one-sided test that goes with one end of a 95 % interval. The p value is doubled, so that it
   * is at most 0.05 where the interval ends at the value that is tested.
   */
  static Tested oneSided(double pValue, boolean byInterval) {
    return new Tested(Math.min(1, 2 * pValue), byInterval);
  }

  /** A test that was selected for its p value from several: Bonferroni's correction. */
  Tested selectedFrom(int candidates) {
    return new Tested(Math.min(1, pValue * candidates), byInterval);
  }

  /** Whether it is shown, by the interval and by the p value after correction. */
  boolean shows(double adjusted) {
    return byInterval && adjusted <= LEVEL;
  }
}
