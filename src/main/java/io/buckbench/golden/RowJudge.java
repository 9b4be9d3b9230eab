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
      boolean never = pair.golden().testSet().isEmpty() && pair.fresh().testSet().isEmpty();
      return diff(
          pair,
          pair.bitEqual() && never ? Outcome.SAME : Outcome.INCONCLUSIVE,
          !pair.bitEqual() || !never,
          Interval.NONE,
          Double.NaN,
          moved,
          never ? "answered nothing, as accepted" : "other test rows, so nothing can be compared");
    }
    Interval points = points(pair.change().interval());
    if (pair.bitEqual()) {
      return diff(pair, Outcome.SAME, false, points, Double.NaN, moved, "equal to the last bit");
    }
    double p = points.estimate() < 0 ? pDrop : pRise;
    Outcome outcome = outcome(points, p, pair.change().flippedShare());
    boolean breaks =
        exactness.promised() || outcome == Outcome.REGRESSED || outcome == Outcome.IMPROVED;
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
            power(pair));
    return diff(pair, outcome, breaks, points, p, moved, reason);
  }

  private Outcome outcome(Interval points, double p, double flippedShare) {
    double margin = gate.marginPoints();
    if (100 * flippedShare <= margin) {
      // However the answers turned, the accuracy cannot have moved further.
      return Outcome.SAME;
    }
    if (p <= gate.level() && Math.abs(points.estimate()) > margin) {
      return points.estimate() < 0 ? Outcome.REGRESSED : Outcome.IMPROVED;
    }
    return points.low() >= -margin && points.high() <= margin ? Outcome.SAME : Outcome.INCONCLUSIVE;
  }

  private String power(RowPair pair) {
    double detectable = detectable(pair);
    int trials = Math.min(pair.golden().trials().size(), pair.fresh().trials().size());
    int rows = pair.testSet().ids().size();
    if (Double.isNaN(detectable)) {
      return String.format(
          Locale.ROOT, "; %d trial(s) that do not vary, tested over %d rows alone", trials, rows);
    }
    return String.format(
        Locale.ROOT,
        "; with %d seeds and %d rows a drop under %.1f points would be missed (80 %% power)",
        trials,
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
      Outcome outcome,
      boolean breaks,
      Interval points,
      double p,
      List<String> moved,
      String reason) {
    String id = pair.golden().experiment();
    StringBuilder text = new StringBuilder(id).append(": ").append(outcome);
    if (breaks && exactness.promised() && !pair.bitEqual()) {
      text.append(", and not bit-equal as this device class promises");
    }
    text.append(
        String.format(
            Locale.ROOT,
            "; accuracy %.2f -> %.2f; ",
            pair.golden().accuracyPercent(),
            pair.fresh().accuracyPercent()));
    text.append(reason);
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
