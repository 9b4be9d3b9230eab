package io.buckbench.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One row in both snapshots, before its p value is corrected for the other rows.
 *
 * @param golden the accepted row
 * @param fresh the row now
 * @param testSet the rows both answered; {@code null} where they answered different ones
 * @param changedInputs names of inputs with other digests
 * @param bitEqual whether every trial is there on both sides and equal to the last bit
 * @param change of the accuracy; {@code null} where there is no common test set
 */
record RowPair(
    RowSnapshot golden,
    RowSnapshot fresh,
    TestSet testSet,
    List<String> changedInputs,
    boolean bitEqual,
    AccuracyChange change) {

  static RowPair of(Snapshot golden, Snapshot fresh, RowSnapshot before, RowSnapshot after) {
    TestSet testSet = golden.testSets().get(before.testSet());
    boolean comparable = testSet != null && before.testSet().equals(after.testSet());
    boolean bitEqual = before.trials().size() == after.trials().size();
    for (int i = 0; bitEqual && i < before.trials().size(); i++) {
      bitEqual = before.trials().get(i).bitEqual(after.trials().get(i));
    }
    return new RowPair(
        before,
        after,
        comparable ? testSet : null,
        Exactness.changedInputs(golden.inputs(before), fresh.inputs(after)),
        bitEqual,
        comparable ? AccuracyChange.of(right(before, testSet), right(after, testSet)) : null);
  }

  private static boolean[][] right(RowSnapshot row, TestSet testSet) {
    String wanted = testSet.wanted();
    boolean[][] right = new boolean[row.trials().size()][wanted.length()];
    for (int s = 0; s < right.length; s++) {
      String letters = row.trials().get(s).letters();
      // A trial that failed has no letters: every row of it is wrong.
      for (int i = 0; i < letters.length(); i++) {
        right[s][i] = letters.charAt(i) == wanted.charAt(i);
      }
    }
    return right;
  }

  /** What is not as accepted. */
  List<String> moved() {
    List<String> moved = new ArrayList<>();
    changedInputs.forEach(name -> moved.add("input " + name));
    if (golden.trials().size() != fresh.trials().size()) {
      moved.add("trials " + golden.trials().size() + " -> " + fresh.trials().size());
    }
    for (int i = 0; i < Math.min(golden.trials().size(), fresh.trials().size()); i++) {
      moved(golden.trials().get(i), fresh.trials().get(i), moved);
    }
    return moved;
  }

  private static void moved(TrialSnapshot before, TrialSnapshot after, List<String> moved) {
    String seed = "seed " + before.seed() + ": ";
    if (before.seed() != after.seed()) {
      moved.add("seed " + before.seed() + " -> " + after.seed());
    }
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
    List<String> before = golden.trials().stream().map(TrialSnapshot::letters).toList();
    List<String> after = fresh.trials().stream().map(TrialSnapshot::letters).toList();
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
    boolean equal = before.size() == after.size();
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
