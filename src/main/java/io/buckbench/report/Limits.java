package io.buckbench.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a user can afford; an empty limit excludes nothing.
 *
 * @param usd dollars to train once
 * @param bytes peak memory of the process
 * @param answerMillis milliseconds an answer
 */
public record Limits(Optional<BigDecimal> usd, OptionalDouble bytes, OptionalDouble answerMillis) {
  /** No limits. */
  public static final Limits NONE =
      new Limits(Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /**
   * Whether every trial of a row is within the limits. What was not measured is not within one.
   *
   * @param row the row, by its mean dollars, its largest peak and its mean time of an answer
   */
  boolean allow(ConfigurationSummary row) {
    return usd.stream().allMatch(most -> row.usd().compareTo(most) <= 0)
        && within(bytes, row.peakBytes())
        && within(answerMillis, row.answerMillis());
  }

  private static boolean within(OptionalDouble most, double measured) {
    return most.isEmpty() || measured <= most.getAsDouble();
  }

  /** For example {@code at most $0.01 and 2 GiB}; {@code no limit} without any. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    usd.ifPresent(most -> parts.add("$" + most.toPlainString()));
    bytes.ifPresent(most -> parts.add(Formats.bytes(most)));
    answerMillis.ifPresent(most -> parts.add(Formats.significant(most) + " ms an answer"));
    return parts.isEmpty() ? "no limit" : "at most " + String.join(" and ", parts);
  }
}
