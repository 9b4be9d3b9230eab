package io.buckbench.parity;

import java.util.Locale;

/**
 * What is allowed.
 *
 * @param kind which of the two errors is judged
 * @param limit largest that passes
 * @param why in words, for the table
 */
record Tolerance(Kind kind, double limit, String why) {
  enum Kind {
    ABSOLUTE,
    RELATIVE
  }

  /** Logits and merged weights. */
  static Tolerance absolute(double limit) {
    return new Tolerance(Kind.ABSOLUTE, limit, format(limit) + " abs");
  }

  /** Losses, gradients and states. */
  static Tolerance relative(double limit) {
    return new Tolerance(Kind.RELATIVE, limit, format(limit) + " rel");
  }

  /** Ids and counts. */
  static Tolerance equal() {
    return new Tolerance(Kind.ABSOLUTE, 0, "equal");
  }

  /** Against float64: at most three times the reference's own float32 error. */
  static Tolerance thrice(Kind kind, double referenceError) {
    return new Tolerance(
        kind,
        3 * referenceError,
        "3 x " + format(referenceError) + (kind == Kind.ABSOLUTE ? " abs" : " rel"));
  }

  /** So many times this one. */
  Tolerance times(int factor) {
    return new Tolerance(kind, factor * limit, why);
  }

  boolean allows(Deviation deviation) {
    return (kind == Kind.ABSOLUTE ? deviation.absolute() : deviation.relative()) <= limit;
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
