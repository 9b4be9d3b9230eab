package io.buckbench.findings;

import java.util.List;
import java.util.stream.Stream;

/** The names that a hypothesis can use. */
public final class Names {
  private Names() {}

  /** The columns of {@code hypotheses.csv}, with the optional one. */
  public static List<String> columns() {
    return Stream.concat(Hypothesis.COLUMNS.stream(), Stream.of(Hypothesis.SUPERSEDES)).toList();
  }

  /** Every kind of claim. */
  public static List<String> claims() {
    return Claim.ALL.stream().map(Claim::id).toList();
  }

  /** Every metric. */
  public static List<String> metrics() {
    return Metric.ALL.stream().map(Metric::id).toList();
  }
}
