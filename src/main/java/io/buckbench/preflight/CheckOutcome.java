package io.buckbench.preflight;

import java.util.Locale;

/** How a check ended. */
public enum CheckOutcome {
  /** As it should be. */
  OK,
  /** The device asked for does without it. */
  NOT_NEEDED,
  /** The suite can run; a person should know this first. */
  WARNING,
  /** The suite must not run. */
  FAILED;

  /** As the table prints it. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
