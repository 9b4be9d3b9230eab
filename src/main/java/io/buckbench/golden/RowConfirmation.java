package io.buckbench.golden;

import java.util.Locale;
import java.util.Optional;

/**
 * A suspected row that was trained on fresh seeds.
 *
 * @param row the comparison that made it suspected
 * @param suspected its outcome then
 * @param firstTests how many rows were tested together then
 * @param again the change on the fresh seeds
 * @param machine the change that the accepted commit shows on these seeds and this machine; empty
 *     if it was not trained here
 * @param words what became of the accepted commit
 */
record RowConfirmation(
    RowComparison row,
    RowDiff suspected,
    int firstTests,
    RowChange again,
    Optional<RowChange> machine,
    String words) {

  /** Uncorrected p value of a drop on the fresh seeds, beyond the margin. */
  double pDrop() {
    return again.accuracy().pDrop();
  }

  /** Uncorrected p value of a rise on the fresh seeds, beyond the margin. */
  double pRise() {
    return again.accuracy().pRise();
  }

  /**
   * Uncorrected p value that the machine makes a change in the suspected direction; NaN if none.
   */
  double pMachine() {
    return machine
        .map(change -> drop() ? change.accuracy().pDrop() : change.accuracy().pRise())
        .orElse(Double.NaN);
  }

  private boolean drop() {
    return row.pDrop() <= row.pRise();
  }

  /**
   * The outcome. Each p value is corrected by Holm over the rows that were trained again.
   *
   * @param tests how many these are
   * @param pDrop {@link #pDrop} after the correction
   * @param pRise {@link #pRise} after the correction
   * @param pMachine {@link #pMachine} after the correction
   */
  RowDiff judged(int tests, double pDrop, double pRise, double pMachine) {
    double p = drop() ? pDrop : pRise;
    boolean confirmed = p <= RowComparison.LEVEL;
    RowOutcome outcome =
        confirmed
            ? drop() ? RowOutcome.REGRESSED : RowOutcome.IMPROVED
            : again.within() ? RowOutcome.SAME : RowOutcome.INCONCLUSIVE;
    String reason =
        String.format(
            Locale.ROOT,
            "seen first: %s; %s on %d fresh seeds%s: %s; %s%s",
            row.change().words(suspected.pValue(), firstTests),
            confirmed ? "confirmed" : "not confirmed",
            again.fresh(),
            machine.isPresent() ? ", against the accepted commit on the same seeds" : "",
            again.words(p, tests),
            words,
            ofMachine(tests, pMachine));
    return row.diff(
        outcome,
        row.breaks(outcome),
        again.accuracy().interval().times(100),
        p,
        again.detectablePoints(RowComparison.LEVEL / tests),
        reason);
  }

  private String ofMachine(int tests, double pMachine) {
    return pMachine <= RowComparison.LEVEL
        ? "; it shows a "
            + (drop() ? "drop" : "rise")
            + " here as well ("
            + machine.orElseThrow().words(pMachine, tests)
            + "), which is of the machine or its libraries, not of the change"
        : "";
  }
}
