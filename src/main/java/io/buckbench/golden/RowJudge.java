package io.buckbench.golden;

import io.buckbench.eval.Interval;
import java.util.List;
import java.util.Locale;

/**
 * Says what became of a row that is in both snapshots.
 *
 * @param gate what is allowed
 * @param exactness whether equal bits are promised
 * @param tests how many rows are tested together
 */
record RowJudge(Gate gate, Exactness exactness, int tests) {

  RowDiff judge(RowPair pair, double pDrop, double pRise) {
    List<String> moved = pair.moved();
    if (pair.change() == null) {
      return incomparable(pair);
    }
    Interval points = points(pair.change().interval());
    if (pair.bitEqual()) {
      return diff(
          pair,
          RowOutcome.SAME,
          !pair.missing().isEmpty(),
          points,
          Double.NaN,
          moved,
          "equal to the last bit");
    }
    double p = points.estimate() < 0 ? pDrop : pRise;
    // Where bits are promised there is no luck: whatever differs was changed.
    boolean tellable = exactness.promised() || !pair.luckUnknown();
    RowOutcome outcome = outcome(points, p, pair.change().flippedShare(), tellable);
    boolean breaks =
        exactness.promised()
            || !pair.missing().isEmpty()
            || outcome == RowOutcome.REGRESSED
            || outcome == RowOutcome.IMPROVED;
    String reason =
        String.format(
            Locale.ROOT,
            "change %+.2f points (95 %% interval %.2f to %.2f), allowed %.2f, p = %.2g after Holm"
                + " over %d rows; %.2f %% of the answers turned right or wrong%s",
            points.estimate(),
            points.low(),
            points.high(),
            gate.marginPoints(),
            p,
            tests,
            100 * pair.change().flippedShare(),
            tellable || outcome == RowOutcome.SAME
                ? power(pair)
                : "; one trained trial cannot tell a change from the luck of training");
    return diff(pair, outcome, breaks, points, p, moved, reason);
  }

  private RowDiff incomparable(RowPair pair) {
    boolean missing = !pair.missing().isEmpty();
    if (pair.golden().trials().isEmpty()) {
      return nothing(
          pair,
          missing ? RowOutcome.MISSING : RowOutcome.NEW,
          missing,
          "no trial of an accepted seed");
    }
    boolean never = pair.golden().testSet().isEmpty() && pair.fresh().testSet().isEmpty();
    if (!never) {
      return nothing(
          pair, RowOutcome.INCONCLUSIVE, true, "other test rows, so nothing can be compared");
    }
    return nothing(
        pair,
        pair.bitEqual() ? RowOutcome.SAME : RowOutcome.INCONCLUSIVE,
        !pair.bitEqual() || missing,
        "answered nothing, as accepted");
  }

  private RowDiff nothing(RowPair pair, RowOutcome outcome, boolean breaks, String reason) {
    return diff(pair, outcome, breaks, Interval.NONE, Double.NaN, pair.moved(), reason);
  }

  private RowOutcome outcome(Interval points, double p, double flippedShare, boolean tellable) {
    double margin = gate.marginPoints();
    if (100 * flippedShare <= margin) {
      // However the answers turned, the accuracy cannot have moved further.
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

  private String power(RowPair pair) {
    double detectable = detectable(pair);
    int trials = pair.fresh().trials().size();
    int rows = pair.testSet().ids().size();
    if (Double.isNaN(detectable)) {
      return String.format(
          Locale.ROOT, "; trials that do not vary, tested over %d rows alone", rows);
    }
    return String.format(
        Locale.ROOT,
        "; with %d %s and %d rows a drop under %.1f points would be missed (80 %% power)",
        trials,
        trials == 1 ? "seed" : "seeds",
        rows,
        detectable);
  }

  private double detectable(RowPair pair) {
    // What the most demanding step of Holm's correction would find; the others find more.
    double found = 100 * pair.change().detectable(gate.level() / Math.max(1, tests));
    return Double.isNaN(found) ? found : Math.max(found, gate.marginPoints());
  }

  private RowDiff diff(
      RowPair pair,
      RowOutcome outcome,
      boolean breaks,
      Interval points,
      double p,
      List<String> moved,
      String reason) {
    String id = pair.golden().configuration();
    StringBuilder text = new StringBuilder(id).append(": ").append(outcome);
    if (breaks && exactness.promised() && !pair.bitEqual()) {
      text.append(", and not bit-equal as this device class promises");
    }
    if (!pair.missing().isEmpty()) {
      text.append(", and accepted trials were not run");
    }
    if (!pair.golden().trials().isEmpty()) {
      text.append(
          String.format(
              Locale.ROOT,
              "; accuracy %.2f -> %.2f",
              pair.golden().accuracyPercent(),
              pair.fresh().accuracyPercent()));
    }
    text.append("; ").append(reason);
    if (!moved.isEmpty()) {
      text.append("; moved: ").append(String.join(", ", moved));
    }
    return new RowDiff(
        id,
        outcome,
        breaks,
        pair.golden().accuracyPercent(),
        pair.fresh().accuracyPercent(),
        points,
        p,
        pair.change() == null || Double.isNaN(p) ? Double.NaN : detectable(pair),
        moved,
        pair.flips(),
        text.toString());
  }

  private static Interval points(Interval shares) {
    return new Interval(100 * shares.estimate(), 100 * shares.low(), 100 * shares.high());
  }
}
