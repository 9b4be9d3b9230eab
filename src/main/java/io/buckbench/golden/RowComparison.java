package io.buckbench.golden;

import io.buckbench.eval.AccuracyChange;
import io.buckbench.eval.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;

/**
 * One row that is in the accepted and in the fresh results, compared trial by trial of the same
 * seed. {@link #judged} says the result, once its p value is corrected for the other rows.
 *
 * @param golden the accepted row with the trials that were run again
 * @param fresh the row now with the same trials in the same order
 * @param missing seeds that were accepted, belong to this comparison and were not run now
 * @param added seeds that were run now and never accepted
 * @param testSet the test items that both answered; {@code null} where they answered different ones
 * @param exact whether equal bits are promised
 * @param changedInputs declarations and inputs that are not as accepted, in words
 * @param bitEqual whether every trial that is on both sides is equal to the last bit
 * @param change of the accuracy; {@code null} where there is no common trial or test set
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

  /**
   * Compares the trials of a row.
   *
   * @param id the row's id, in both results
   * @param selected which accepted seeds belong to this comparison
   */
  static RowComparison of(
      SuiteResults golden, SuiteResults fresh, String id, LongPredicate selected) {
    RowResults accepted = golden.rows().get(id);
    RowResults now = fresh.rows().get(id);
    TestSet testSet =
        accepted.testSet().equals(now.testSet()) ? golden.testSets().get(now.testSet()) : null;
    LongPredicate both = seed -> accepted.holds(seed) && now.holds(seed);
    RowResults before = accepted.only(both, golden.testSets().get(accepted.testSet()));
    RowResults after = now.only(both, fresh.testSets().get(now.testSet()));
    boolean bitEqual = true;
    for (int i = 0; i < before.trials().size(); i++) {
      bitEqual = bitEqual && before.trials().get(i).bitEqual(after.trials().get(i));
    }
    return new RowComparison(
        before,
        after,
        seeds(accepted, seed -> selected.test(seed) && !now.holds(seed)),
        seeds(now, seed -> !accepted.holds(seed)),
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

  /** Whether it was tested: a row with equal bits is known not to have changed. */
  private boolean tested() {
    return change != null && !bitEqual;
  }

  /** P value of "the accuracy did not fall", before the correction; NaN where nothing is tested. */
  double pDrop() {
    return tested() ? change.pDrop() : Double.NaN;
  }

  /** P value of "the accuracy did not rise", likewise. */
  double pRise() {
    return tested() ? change.pRise() : Double.NaN;
  }

  /**
   * What became of the row.
   *
   * @param tests how many rows are tested together
   * @param pDrop {@link #pDrop} after Holm's correction over the rows
   * @param pRise {@link #pRise} likewise
   */
  RowDiff judged(Gate gate, int tests, double pDrop, double pRise) {
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
    // Where bits are promised there is no chance: any difference was caused by a change.
    boolean tellable = exact || !luckUnknown();
    RowOutcome outcome = outcome(gate, points, p, tellable);
    boolean breaks =
        exact
            || !missing.isEmpty()
            || outcome == RowOutcome.REGRESSED
            || outcome == RowOutcome.IMPROVED;
    // What the most demanding step of Holm's correction would find; the others find more.
    double found = 100 * change.detectable(gate.level() / Math.max(1, tests));
    double detectable = Double.isNaN(found) ? found : Math.max(found, gate.marginPoints());
    String reason =
        String.format(
            Locale.ROOT,
            "change %+.2f points (95 %% interval %.2f to %.2f), allowed %.2f, p = %.2g after Holm"
                + " over %d rows; %.2f %% of the answers turned right or wrong; %s",
            points.estimate(),
            points.low(),
            points.high(),
            gate.marginPoints(),
            p,
            tests,
            100 * change.flippedShare(),
            tellable || outcome == RowOutcome.SAME
                ? power(detectable)
                : "one trained trial cannot tell a change from the luck of training");
    return diff(outcome, breaks, points, p, detectable, reason);
  }

  /**
   * Whether the luck of training is unknown: one trained trial, and no accepted ones that differ
   * among each other.
   */
  private boolean luckUnknown() {
    return fresh.trials().size() == 1
        && fresh.trials().get(0).steps() > 0
        && Double.isNaN(change.standardError());
  }

  private RowDiff incomparable() {
    RowOutcome outcome = RowOutcome.INCONCLUSIVE;
    boolean breaks = true;
    String reason = "other test rows, so nothing can be compared";
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

  private RowOutcome outcome(Gate gate, Interval points, double p, boolean tellable) {
    double margin = gate.marginPoints();
    if (100 * change.flippedShare() <= margin) {
      // The accuracy cannot have moved further than the share of answers that turned.
      return RowOutcome.SAME;
    }
    if (!tellable) {
      return RowOutcome.INCONCLUSIVE;
    }
    if (p <= gate.level() && Math.abs(points.estimate()) > margin) {
      return points.estimate() < 0 ? RowOutcome.REGRESSED : RowOutcome.IMPROVED;
    }
    return points.low() >= -margin && points.high() <= margin
        ? RowOutcome.SAME
        : RowOutcome.INCONCLUSIVE;
  }

  private String power(double detectable) {
    int trials = fresh.trials().size();
    int rows = testSet.ids().size();
    return Double.isNaN(detectable)
        ? String.format(Locale.ROOT, "trials that do not vary, tested over %d rows alone", rows)
        : String.format(
            Locale.ROOT,
            "with %d %s and %d rows a drop under %.1f points would be missed (80 %% power)",
            trials,
            trials == 1 ? "seed" : "seeds",
            rows,
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
    List<String> moved = moved();
    if (!moved.isEmpty()) {
      text.append("; moved: ").append(String.join(", ", moved));
    }
    return new RowDiff(
        golden.configuration(),
        outcome,
        breaks,
        points,
        p,
        detectable,
        moved,
        testSet == null ? List.of() : Flip.between(testSet, golden.trials(), fresh.trials()),
        text.toString());
  }

  private List<String> moved() {
    List<String> moved = new ArrayList<>(changedInputs);
    missing.forEach(seed -> moved.add("seed " + seed + ": accepted and not run now"));
    added.forEach(seed -> moved.add("seed " + seed + ": run now and never accepted"));
    for (int i = 0; i < golden.trials().size(); i++) {
      String seed = "seed " + golden.trials().get(i).seed() + ": ";
      golden.trials().get(i).movedTo(fresh.trials().get(i)).forEach(m -> moved.add(seed + m));
    }
    return moved;
  }
}
