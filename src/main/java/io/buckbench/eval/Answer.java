package io.buckbench.eval;

import java.util.Locale;

/** The answer of a model by the paper's strict rule. */
public enum Answer {
  YES,
  NO,
  OTHER;

  /**
   * Classifies generated text: "yes" or "no", ignoring case and surrounding white space. Any other
   * text, including "true" and "false", is {@link #OTHER} (Hamilton and Mueller 2023, section on
   * metrics).
   */
  public static Answer of(String generated) {
    return switch (generated.strip().toLowerCase(Locale.ROOT)) {
      case "yes" -> YES;
      case "no" -> NO;
      default -> OTHER;
    };
  }

  /** Whether this is the right answer. */
  public boolean is(boolean wanted) {
    return this == (wanted ? YES : NO);
  }
}
