package io.buckbench.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * One row in both snapshots, trial by trial of the same seed, before its p value is corrected for
 * the other rows.
 *
 * @param golden the accepted row with the trials that were run again
 * @param fresh the row now with the same trials in the same order
 * @param missing seeds that were accepted, belong to this comparison and were not run now
 * @param added seeds that were run now and never accepted
 * @param testSet the rows both answered; {@code null} where they answered different ones
 * @param changedInputs declarations and inputs that are not as accepted, in words
 * @param bitEqual whether every trial that is on both sides is equal to the last bit
 * @param change of the accuracy; {@code null} where there is no common trial or test set
 */
record RowPair(
    RowResults golden,
    RowResults fresh,
    List<Long> missing,
    List<Long> added,
    TestSet testSet,
    List<String> changedInputs,
    boolean bitEqual,
    AccuracyChange change) {

  /**
   * @param selected which accepted seeds belong to this comparison
   */
  static RowPair of(
      SuiteResults golden,
      SuiteResults fresh,
      RowResults accepted,
      RowResults now,
      LongPredicate selected) {
    TestSet testSet =
        accepted.testSet().equals(now.testSet()) ? golden.testSets().get(now.testSet()) : null;
    LongPredicate both = seed -> accepted.holds(seed) && now.holds(seed);
    RowResults before = accepted.only(both, golden.testSets().get(accepted.testSet()));
    RowResults after = now.only(both, fresh.testSets().get(now.testSet()));
    boolean bitEqual = true;
    for (int i = 0; i < before.trials().size(); i++) {
      bitEqual = bitEqual && before.trials().get(i).bitEqual(after.trials().get(i));
    }
    return new RowPair(
        before,
        after,
        seeds(accepted, seed -> selected.test(seed) && !now.holds(seed)),
        seeds(now, seed -> !accepted.holds(seed)),
        testSet,
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

  /**
   * Whether the luck of training is unknown: one trained trial, and no accepted ones that differ
   * among each other.
   */
  boolean luckUnknown() {
    return fresh.trials().size() == 1
        && fresh.trials().get(0).steps() > 0
        && Double.isNaN(change.standardError());
  }

  /** What is not as accepted. */
  List<String> moved() {
    List<String> moved = new ArrayList<>(changedInputs);
    missing.forEach(seed -> moved.add("seed " + seed + ": accepted and not run now"));
    added.forEach(seed -> moved.add("seed " + seed + ": run now and never accepted"));
    for (int i = 0; i < golden.trials().size(); i++) {
      moved(golden.trials().get(i), fresh.trials().get(i), moved);
    }
    return moved;
  }

  private static void moved(TrialResults before, TrialResults after, List<String> moved) {
    String seed = "seed " + before.seed() + ": ";
    if (before.status() != after.status()) {
      moved.add(seed + before.status() + " -> " + after.status());
    }
    if (before.steps() != after.steps()) {
      moved.add(seed + "steps " + before.steps() + " -> " + after.steps());
    }
    if (!before.lossesSha256().equals(after.lossesSha256())) {
      moved.add(seed + losses(before.losses(), after.losses()));
    }
    if (!before.trainableSha256().equals(after.trainableSha256())) {
      moved.add(seed + "trained weights differ");
    }
    if (!before.predictionsSha256().equals(after.predictionsSha256())) {
      boolean likelihoods = before.letters().equals(after.letters());
      moved.add(seed + (likelihoods ? "likelihoods or other texts differ" : "answers differ"));
    }
  }

  private static String losses(Map<Integer, Double> before, Map<Integer, Double> after) {
    for (Map.Entry<Integer, Double> at : before.entrySet()) {
      Double now = after.get(at.getKey());
      if (now == null || Double.compare(now, at.getValue()) != 0) {
        return String.format(
            Locale.ROOT,
            "losses differ by step %d (%s -> %s)",
            at.getKey(),
            at.getValue(),
            now == null ? "none" : now);
      }
    }
    return "losses differ between the steps that are kept";
  }

  /** Test rows whose answers turned in any trial. */
  List<Flip> flips() {
    List<Flip> flips = new ArrayList<>();
    if (testSet == null) {
      return flips;
    }
    List<String> before = golden.trials().stream().map(TrialResults::letters).toList();
    List<String> after = fresh.trials().stream().map(TrialResults::letters).toList();
    if (before.equals(after)) {
      return flips;
    }
    for (int i = 0; i < testSet.ids().size(); i++) {
      if (!equalAt(before, after, i)) {
        String was = column(before, i);
        String is = column(after, i);
        flips.add(new Flip(testSet.ids().get(i), testSet.wanted().substring(i, i + 1), was, is));
      }
    }
    return flips;
  }

  private static boolean equalAt(List<String> before, List<String> after, int row) {
    boolean equal = true;
    for (int s = 0; equal && s < before.size(); s++) {
      equal = letter(before.get(s), row) == letter(after.get(s), row);
    }
    return equal;
  }

  private static char letter(String trial, int row) {
    return row < trial.length() ? trial.charAt(row) : '-';
  }

  private static String column(List<String> trials, int row) {
    StringBuilder column = new StringBuilder();
    trials.forEach(t -> column.append(letter(t, row)));
    return column.toString();
  }
}
