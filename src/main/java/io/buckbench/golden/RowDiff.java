package io.buckbench.golden;

import io.buckbench.statistics.Interval;
import java.util.List;
import java.util.Locale;

/**
 * The comparison of one row with the accepted one.
 *
 * @param configuration the row's id
 * @param outcome the outcome of the comparison
 * @param breaksPromise whether the build must fail: the row is suspected, regressed, improved or
 *     missing, answered other test items, or its bits differ although equal bits are promised
 * @param changePoints fresh minus accepted accuracy over the trials that did not collapse, with its
 *     95 % interval, in points
 * @param pValue one-sided, in the direction of the change, after Holm's correction over the rows;
 *     NaN if nothing was tested
 * @param detectablePoints the drop that the test would detect with 80 % probability, in points; NaN
 *     if nothing was tested or the trials do not vary
 * @param differences descriptions of everything that differs from the accepted row
 * @param flips the test items whose answers changed
 * @param sentence describes what changed, by how much, and what is allowed
 */
public record RowDiff(
    String configuration,
    RowOutcome outcome,
    boolean breaksPromise,
    Interval changePoints,
    double pValue,
    double detectablePoints,
    List<String> differences,
    List<Flip> flips,
    String sentence) {

  /** An accepted row that was not run. */
  static RowDiff missing(RowResults accepted) {
    return oneSided(accepted, RowOutcome.MISSING, "accepted and not run now");
  }

  /** A row that was never accepted. */
  static RowDiff added(RowResults now) {
    String accuracy = String.format(Locale.ROOT, "accuracy %.2f", now.accuracyPercent());
    return oneSided(now, RowOutcome.NEW, accuracy + ", nothing accepted to compare it with");
  }

  private static RowDiff oneSided(RowResults row, RowOutcome outcome, String why) {
    return new RowDiff(
        row.configuration(),
        outcome,
        outcome == RowOutcome.MISSING,
        Interval.NONE,
        Double.NaN,
        Double.NaN,
        List.of(),
        List.of(),
        row.configuration() + ": " + outcome + ", " + why);
  }
}
