package io.buckbench.parity;

import java.util.Locale;

/**
 * What is allowed.
 *
 * @param measure which of the two errors is compared
 * @param limit largest that passes
 * @param why in words, for the table
 */
record Tolerance(Measure measure, double limit, String why) {
  enum Measure {
    ABSOLUTE,
    RELATIVE
  }

  /** Logits and merged weights. */
  static Tolerance absolute(double limit) {
    return new Tolerance(Measure.ABSOLUTE, limit, format(limit) + " abs");
  }

  /** Losses, gradients and states. */
  static Tolerance relative(double limit) {
    return new Tolerance(Measure.RELATIVE, limit, format(limit) + " rel");
  }

  /** Ids and counts. */
  static Tolerance equal() {
    return new Tolerance(Measure.ABSOLUTE, 0, "equal");
  }

  /** Against float64: at most three times the reference's own float32 error. */
  static Tolerance thrice(Measure measure, double referenceError) {
    return new Tolerance(
        measure,
        3 * referenceError,
        "3 x " + format(referenceError) + (measure == Measure.ABSOLUTE ? " abs" : " rel"));
  }

  /** So many times this one. */
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
