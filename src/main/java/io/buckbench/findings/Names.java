package io.buckbench.findings;

import java.util.List;

/** The names that a hypothesis can use. */
public final class Names {
  private Names() {}

  /** Every kind of claim. */
  public static List<String> claims() {
    return Claim.ALL.stream().map(Claim::id).toList();
  }

  /** Every metric. */
  public static List<String> metrics() {
    return Metric.ALL.stream().map(Metric::id).toList();
  }
}
