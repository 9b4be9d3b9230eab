package io.buckbench.golden;

import io.buckbench.eval.Interval;
import java.util.List;
import java.util.Locale;

/**
 * What became of one row, between what was accepted and what was measured now.
 *
 * @param configuration the row's id
 * @param outcome what the comparison says
 * @param breaksPromise whether a build must fail: the row regressed, improved, is missing, or its
 *     bits or inputs changed where the accepted file promises them
 * @param changePoints now minus accepted accuracy with its 95 % interval
 * @param pValue one-sided, of the direction that the accuracy moved in, after Holm over the rows;
 *     NaN where nothing was tested
 * @param detectablePoints the fall that the test would find with a chance of 80 %; NaN where
 *     nothing was tested or only the test items were
 * @param moved everything that is not as accepted, in words
 * @param flips test items whose answers turned
 * @param sentence for a person: what moved, by how much, what was allowed
 */
public record RowDiff(
    String configuration,
    RowOutcome outcome,
    boolean breaksPromise,
    Interval changePoints,
    double pValue,
    double detectablePoints,
    List<String> moved,
    List<Flip> flips,
    String sentence) {

  /** An accepted row that was not run now. */
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
