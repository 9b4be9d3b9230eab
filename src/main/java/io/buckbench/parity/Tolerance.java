package io.buckbench.parity;

import java.util.Locale;

/**
 * The largest allowed deviation.
 *
 * @param measure the error that is limited
 * @param limit the largest allowed error
 * @param why the tolerance in words, for the table
 */
record Tolerance(Measure measure, double limit, String why) {
  enum Measure {
    ABSOLUTE,
    RELATIVE
  }

  /** A limit on the absolute error. */
  static Tolerance absolute(double limit) {
    return new Tolerance(Measure.ABSOLUTE, limit, format(limit) + " abs");
  }

  /** A limit on the relative error. */
  static Tolerance relative(double limit) {
    return new Tolerance(Measure.RELATIVE, limit, format(limit) + " rel");
  }

  /** No error, for ids and counts. */
  static Tolerance equal() {
    return new Tolerance(Measure.ABSOLUTE, 0, "equal");
  }

  /** For a comparison with float64: three times the error of the reference's float32 numbers. */
  static Tolerance thrice(Measure measure, double referenceError) {
    return new Tolerance(
        measure,
        3 * referenceError,
        "3 x " + format(referenceError) + (measure == Measure.ABSOLUTE ? " abs" : " rel"));
  }

  /** A multiple of this tolerance. */
  Tolerance times(int factor) {
    return new Tolerance(measure, factor * limit, why);
  }

  boolean allows(Deviation deviation) {
    return (measure == Measure.ABSOLUTE ? deviation.absolute() : deviation.relative()) <= limit;
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
