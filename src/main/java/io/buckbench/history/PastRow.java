package io.buckbench.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.buckbench.statistics.Interval;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * A row of a past run. In JSON, a number that is not known is {@code null}.
 *
 * @param seeds number of trials, including failed ones
 * @param learned number of trials that learned
 * @param accuracyPercent mean over the trials, 0 to 100, a failed one as 0
 * @param lowPercent lower end of its 95 % interval over seeds and test items; {@code null} if there
 *     is none
 * @param highPercent upper end, likewise
 * @param usd billed dollars a trial, mean over the trials; {@code null} if unknown
 * @param budgetUsd dollars planned for a trial; {@code null} if unknown
 */
public record PastRow(
    int seeds,
    int learned,
    double accuracyPercent,
    Double lowPercent,
    Double highPercent,
    BigDecimal usd,
    BigDecimal budgetUsd) {
  /**
   * @throws IllegalArgumentException if the counts or the interval are impossible
   */
  public PastRow {
    if (learned < 0 || seeds < learned) {
      throw new IllegalArgumentException(learned + " of " + seeds + " seeds learned");
    }
    if ((lowPercent == null) != (highPercent == null)) {
      throw new IllegalArgumentException("an interval with only one end");
    }
  }

  /** The accuracy with its interval, in percent; the ends are NaN if there is none. */
  @JsonIgnore
  public Interval accuracy() {
    return new Interval(
        accuracyPercent,
        Objects.requireNonNullElse(lowPercent, Double.NaN),
        Objects.requireNonNullElse(highPercent, Double.NaN));
  }
}
