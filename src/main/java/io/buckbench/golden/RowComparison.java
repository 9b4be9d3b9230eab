package io.buckbench.golden;

import io.buckbench.eval.AccuracyChange;
import io.buckbench.eval.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;

/**
 * A row that is in both the accepted and the fresh results. Trials of the same seed are compared.
 * {@link #judged} gives the outcome once the p value is corrected for the other rows.
 *
 * @param golden the accepted row, with only those trials that were run again
 * @param fresh the fresh row, with the same trials in the same order
 * @param missing accepted seeds of this comparison that were not run
 * @param added seeds that were run and never accepted
 * @param testSet the test items that both sides answered; {@code null} if they differ
 * @param exact whether equal bits are promised
 * @param changedInputs descriptions of the declarations and inputs that differ
 * @param bitEqual whether all trials on both sides are bit-equal
 * @param change of the accuracy; {@code null} without a common trial or test set
 */
record RowComparison(
    RowResults golden,
    RowResults fresh,
    List<Long> missing,
    List<Long> added,
    TestSet testSet,
    boolean exact,
    List<String> changedInputs,
    boolean bitEqual,
    AccuracyChange change) {
  /** A change of accuracy by up to this many points is allowed. */
  static final double MARGIN_POINTS = 1;

  /**
   * The probability, over all rows of a suite together, that a suite without a change has a row
   * called regressed; the same again for improved.
   */
  static final double LEVEL = 0.05;

  /**
   * Compares the trials of a row.
   *
   * @param id the row's id
   * @param selected which accepted seeds belong to this comparison
   */
  static RowComparison of(
      SuiteResults golden, SuiteResults fresh, String id, LongPredicate selected) {
    RowResults accepted = golden.rows().get(id);
    RowResults now = fresh.rows().get(id);
    TestSet testSet =
        accepted.testSet().equals(now.testSet()) ? golden.testSets().get(now.testSet()) : null;
    LongPredicate both = seed -> accepted.contains(seed) && now.contains(seed);
    RowResults before = accepted.only(both, golden.testSets().get(accepted.testSet()));
    RowResults after = now.only(both, fresh.testSets().get(now.testSet()));
    boolean bitEqual = true;
    for (int i = 0; i < before.trials().size(); i++) {
      bitEqual = bitEqual && before.trials().get(i).bitEqual(after.trials().get(i));
    }
    return new RowComparison(
        before,
        after,
        seeds(accepted, seed -> selected.test(seed) && !now.contains(seed)),
        seeds(now, seed -> !accepted.contains(seed)),
        testSet,
        golden.whyBitsMayDiffer(fresh).isEmpty(),
        InputChanges.of(golden, fresh, accepted, now),
        bitEqual,
        testSet == null || before.trials().isEmpty()
            ? null
            : AccuracyChange.of(
                right(before, testSet),
                right(after, testSet),
                right(accepted.only(both.negate(), testSet), testSet)));
  }

  private static List<Long> seeds(RowResults row, LongPredicate chosen) {
    return row.trials().stream().map(TrialResults::seed).filter(chosen::test).toList();
  }

  private static boolean[][] right(RowResults row, TestSet testSet) {
    return row.trials().stream()
        .map(trial -> testSet.right(trial.letters()))
        .toArray(boolean[][]::new);
  }

  /** Whether a test is needed; a row with equal bits did not change. */
  private boolean tested() {
    return change != null && !bitEqual;
  }

  /** Uncorrected p value of "the accuracy did not fall"; NaN if nothing is tested. */
  double pDrop() {
    return tested() ? change.pDrop() : Double.NaN;
  }

  /** Uncorrected p value of "the accuracy did not rise"; NaN if nothing is tested. */
  double pRise() {
    return tested() ? change.pRise() : Double.NaN;
  }

  /**
   * The outcome of the comparison.
   *
   * @param tests how many rows are tested together
   * @param pDrop {@link #pDrop} after Holm's correction over the rows
   * @param pRise {@link #pRise} after Holm's correction over the rows
   */
  RowDiff judged(int tests, double pDrop, double pRise) {
    if (change == null) {
      return incomparable();
    }
    Interval points = change.interval().times(100);
    if (bitEqual) {
      return diff(
          RowOutcome.SAME,
          !missing.isEmpty(),
          points,
          Double.NaN,
          Double.NaN,
          "equal to the last bit");
    }
    double p = points.estimate() < 0 ? pDrop : pRise;
    // If equal bits are promised, any difference has a cause other than chance.
    boolean decidable = exact || !variationUnknown();
    RowOutcome outcome = outcome(points, p, decidable);
    boolean breaks =
        exact
            || !missing.isEmpty()
            || outcome == RowOutcome.REGRESSED
            || outcome == RowOutcome.IMPROVED;
    // Detectable by the strictest step of Holm's correction; the other steps detect more.
    double found = 100 * change.detectable(LEVEL / Math.max(1, tests));
    double detectable = Double.isNaN(found) ? found : Math.max(found, MARGIN_POINTS);
    String reason =
        String.format(
            Locale.ROOT,
            "change %+.2f points (95 %% interval %.2f to %.2f), allowed %.2f, p = %.2g after Holm"
                + " over %d rows; %.2f %% of the answers became right or wrong; %s",
            points.estimate(),
            points.low(),
            points.high(),
            MARGIN_POINTS,
            p,
            tests,
            100 * change.flippedShare(),
            decidable || outcome == RowOutcome.SAME
                ? power(detectable)
                : "one trained trial cannot distinguish a change from variation between trainings");
    return diff(outcome, breaks, points, p, detectable, reason);
  }

  /**
   * Whether the variation between trainings is unknown: there is one trained trial, and the
   * accepted trials do not differ from each other.
   */
  private boolean variationUnknown() {
    return fresh.trials().size() == 1
        && fresh.trials().get(0).steps() > 0
        && Double.isNaN(change.standardError());
  }

  private RowDiff incomparable() {
    RowOutcome outcome = RowOutcome.INCONCLUSIVE;
    boolean breaks = true;
    String reason = "other test items, so nothing can be compared";
    if (golden.trials().isEmpty()) {
      breaks = !missing.isEmpty();
      outcome = breaks ? RowOutcome.MISSING : RowOutcome.NEW;
      reason = "no trial of an accepted seed";
    } else if (golden.testSet().isEmpty() && fresh.testSet().isEmpty()) {
      breaks = !bitEqual || !missing.isEmpty();
      outcome = bitEqual ? RowOutcome.SAME : RowOutcome.INCONCLUSIVE;
      reason = "answered nothing, as accepted";
    }
    return diff(outcome, breaks, Interval.NONE, Double.NaN, Double.NaN, reason);
  }

  private RowOutcome outcome(Interval points, double p, boolean decidable) {
    if (100 * change.flippedShare() <= MARGIN_POINTS) {
      // The accuracy cannot change by more than the share of changed answers.
      return RowOutcome.SAME;
    }
    if (!decidable) {
      return RowOutcome.INCONCLUSIVE;
    }
    if (p <= LEVEL && Math.abs(points.estimate()) > MARGIN_POINTS) {
      return points.estimate() < 0 ? RowOutcome.REGRESSED : RowOutcome.IMPROVED;
    }
    return points.low() >= -MARGIN_POINTS && points.high() <= MARGIN_POINTS
        ? RowOutcome.SAME
        : RowOutcome.INCONCLUSIVE;
  }

  private String power(double detectable) {
    int trials = fresh.trials().size();
    int items = testSet.ids().size();
    return Double.isNaN(detectable)
        ? String.format(
            Locale.ROOT, "trials that do not vary, tested over %d test items only", items)
        : String.format(
            Locale.ROOT,
            "with %d %s and %d test items a drop under %.1f points would be missed (80 %% power)",
            trials,
            trials == 1 ? "seed" : "seeds",
            items,
            detectable);
  }

  private RowDiff diff(
      RowOutcome outcome,
      boolean breaks,
      Interval points,
      double p,
      double detectable,
      String reason) {
    StringBuilder text = new StringBuilder(golden.configuration()).append(": ").append(outcome);
    if (breaks && exact && !bitEqual) {
      text.append(", and not bit-equal as this device class promises");
    }
    if (!missing.isEmpty()) {
      text.append(", and accepted trials were not run");
    }
    if (!golden.trials().isEmpty()) {
      double before = golden.accuracyPercent();
      double after = fresh.accuracyPercent();
      text.append(String.format(Locale.ROOT, "; accuracy %.2f -> %.2f", before, after));
    }
    text.append("; ").append(reason);
    List<String> differences = differences();
    if (!differences.isEmpty()) {
      text.append("; differences: ").append(String.join(", ", differences));
    }
    return new RowDiff(
        golden.configuration(),
        outcome,
        breaks,
        points,
        p,
        detectable,
        differences,
        testSet == null ? List.of() : Flip.between(testSet, golden.trials(), fresh.trials()),
        text.toString());
  }

  private List<String> differences() {
    List<String> all = new ArrayList<>(changedInputs);
    missing.forEach(seed -> all.add("seed " + seed + ": accepted and not run now"));
    added.forEach(seed -> all.add("seed " + seed + ": run now and never accepted"));
    for (int i = 0; i < golden.trials().size(); i++) {
      String seed = "seed " + golden.trials().get(i).seed() + ": ";
      golden.trials().get(i).differences(fresh.trials().get(i)).forEach(d -> all.add(seed + d));
    }
    return all;
  }
}
