package io.buckbench.golden;

import io.buckbench.statistics.AccuracyChange;
import io.buckbench.statistics.AccuracyChange.Outcome;
import io.buckbench.statistics.Disagreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the accuracy of a row changed, from its trials' answers to the same test items.
 *
 * @param accuracy the change and its tests
 * @param flippedShare share of the pairs of trial and item whose answer became right or wrong, over
 *     the seeds of both sides; an upper bound of those seeds' change; NaN without such seeds
 * @param flips seeds that learned on one side and collapsed on the other, in words
 * @param fresh number of fresh trials
 * @param items number of test items
 */
record RowChange(
    AccuracyChange accuracy, double flippedShare, List<String> flips, int fresh, int items) {
  /** A change of accuracy by up to this many points is allowed. */
  static final double MARGIN_POINTS = 1;

  /**
   * Compares two sets of trials.
   *
   * @param before all accepted trials, at least one
   * @param after the fresh trials, at least one
   */
  static RowChange of(TestSet testSet, List<TrialResults> before, List<TrialResults> after) {
    List<TrialResults> all = new ArrayList<>(before);
    all.addAll(after);
    boolean fixed = all.stream().allMatch(trial -> trial.steps() == 0);
    boolean[][] then = right(testSet, before);
    boolean[][] now = right(testSet, after);
    return new RowChange(
        AccuracyChange.of(
            outcomes(testSet, before, fixed),
            outcomes(testSet, after, fixed),
            MARGIN_POINTS / 100,
            Disagreement.variance(then, now),
            fixed),
        flippedShare(testSet, before, after),
        fixed ? List.of() : flips(testSet, before, after),
        after.size(),
        testSet.ids().size());
  }

  private static boolean[][] right(TestSet testSet, List<TrialResults> trials) {
    return trials.stream().map(t -> testSet.right(t.letters())).toArray(boolean[][]::new);
  }

  private static List<Outcome> outcomes(TestSet testSet, List<TrialResults> trials, boolean fixed) {
    return trials.stream()
        .map(
            t ->
                new Outcome(
                    t.seed(),
                    testSet.rightShare(t.letters()),
                    !fixed && testSet.collapsed(t.letters())))
        .toList();
  }

  private static double flippedShare(
      TestSet testSet, List<TrialResults> before, List<TrialResults> after) {
    int flips = 0;
    int pairs = 0;
    for (TrialResults now : after) {
      for (TrialResults then : before) {
        if (then.seed() == now.seed()) {
          boolean[] was = testSet.right(then.letters());
          boolean[] is = testSet.right(now.letters());
          for (int i = 0; i < is.length; i++) {
            flips += was[i] == is[i] ? 0 : 1;
          }
          pairs += is.length;
        }
      }
    }
    return pairs == 0 ? Double.NaN : (double) flips / pairs;
  }

  private static List<String> flips(
      TestSet testSet, List<TrialResults> before, List<TrialResults> after) {
    List<String> flips = new ArrayList<>();
    for (TrialResults now : after) {
      before.stream()
          .filter(then -> then.seed() == now.seed())
          .filter(then -> testSet.collapsed(then.letters()) != testSet.collapsed(now.letters()))
          .forEach(then -> flips.add("seed " + now.seed() + turned(testSet, now)));
    }
    return flips;
  }

  private static String turned(TestSet testSet, TrialResults now) {
    return testSet.collapsed(now.letters()) ? " learned -> collapsed" : " collapsed -> learned";
  }

  /** Whether the answers changed by so little that the accuracy cannot have changed by more. */
  boolean negligible() {
    return 100 * flippedShare <= MARGIN_POINTS;
  }

  /** Whether it is shown that the accuracy changed by no more than the margin. */
  boolean within() {
    double change = 100 * accuracy.interval().estimate();
    double half = 100 * (accuracy.interval().high() - accuracy.interval().estimate());
    // A change without ends is of trials that do not vary.
    boolean known = !Double.isNaN(half) || !Double.isNaN(accuracy.pDrop());
    return flips.isEmpty()
        && known
        && Math.abs(change) + (Double.isNaN(half) ? 0 : half) <= MARGIN_POINTS;
  }

  /** The drop that would be found with 80 % power, in points; NaN if it cannot be estimated. */
  double detectablePoints(double level) {
    return 100 * accuracy.detectable(level, MARGIN_POINTS / 100);
  }

  /**
   * Describes the change and its test.
   *
   * @param p after correction
   * @param tests number of rows that are tested together
   */
  String words(double p, int tests) {
    StringBuilder text = new StringBuilder();
    double change = 100 * accuracy.interval().estimate();
    if (!Double.isNaN(change)) {
      text.append(String.format(Locale.ROOT, "change %+.2f points", change));
      text.append(accuracy.collapse().isPresent() ? " over the seeds that learned" : "");
      text.append(
          Double.isNaN(accuracy.interval().low())
              ? ""
              : String.format(
                  Locale.ROOT,
                  " (95 %% interval %.2f to %.2f)",
                  100 * accuracy.interval().low(),
                  100 * accuracy.interval().high()));
      text.append(String.format(Locale.ROOT, ", allowed %.2f", MARGIN_POINTS));
    }
    List<String> more = new ArrayList<>(flips);
    accuracy
        .collapse()
        .ifPresent(
            c ->
                more.add(
                    String.format(
                        Locale.ROOT, "%s (p = %.2g)", c, Math.min(c.pFewer(), c.pMore()))));
    more.forEach(m -> text.append(text.isEmpty() ? "" : "; ").append(m));
    return Double.isNaN(p)
        ? text + ", not tested"
        : text + String.format(Locale.ROOT, ", p = %.2g after Holm over %d rows", p, tests);
  }
}
