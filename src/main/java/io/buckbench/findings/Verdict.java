package io.buckbench.findings;

import java.util.Locale;

/** The verdict on a hypothesis. A refuted hypothesis is a finding, not a failed test. */
public enum Verdict {
  SUPPORTED,
  REFUTED,
  /** The records do not decide, for example because the interval allows both verdicts. */
  INCONCLUSIVE,
  /** The rows it is about were not run. */
  NOT_RUN;

  /** Supported or refuted if the condition for it holds, otherwise inconclusive. */
  static Verdict of(boolean supported, boolean refuted) {
    return supported ? SUPPORTED : refuted ? REFUTED : INCONCLUSIVE;
  }

  /** For example {@code not run}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Whether one verdict is the opposite of the other. On another device class chance may change a
   * borderline verdict to inconclusive or back, but not to its opposite.
   */
  public boolean opposes(Verdict other) {
    return this == SUPPORTED && other == REFUTED || this == REFUTED && other == SUPPORTED;
  }
}
