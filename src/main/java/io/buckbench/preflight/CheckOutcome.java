package io.buckbench.preflight;

import java.util.Locale;

/** The outcome of a check. */
public enum CheckOutcome {
  /** The check passed. */
  OK,
  /** The requested device does not need it. */
  NOT_NEEDED,
  /** The suite can run, but the user should read this first. */
  WARNING,
  /** The suite must not run. */
  FAILED;

  /** The text in the table. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
