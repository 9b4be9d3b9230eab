package io.buckbench.golden;

import java.util.ArrayList;
import java.util.List;

/**
 * A test item whose answers changed.
 *
 * @param id the item's id
 * @param wanted the letter of the right answer, as in {@link TestSet}
 * @param golden the accepted answer of each trial, one letter each; {@code -} if there is none
 * @param fresh the new answer of each trial
 */
public record Flip(String id, String wanted, String golden, String fresh) {
  /** The items whose answers changed in any trial; both lists have the same trials in order. */
  static List<Flip> between(TestSet testSet, List<TrialResults> golden, List<TrialResults> fresh) {
    List<String> before = golden.stream().map(TrialResults::letters).toList();
    List<String> after = fresh.stream().map(TrialResults::letters).toList();
    List<Flip> flips = new ArrayList<>();
    if (before.equals(after)) {
      return flips;
    }
    for (int i = 0; i < testSet.ids().size(); i++) {
      String was = answers(before, i);
      String is = answers(after, i);
      if (!was.equals(is)) {
        flips.add(new Flip(testSet.ids().get(i), testSet.wanted().substring(i, i + 1), was, is));
      }
    }
    return flips;
  }

  private static String answers(List<String> trials, int item) {
    StringBuilder answers = new StringBuilder();
    trials.forEach(t -> answers.append(item < t.length() ? t.charAt(item) : '-'));
    return answers.toString();
  }

  @Override
  public String toString() {
    return id + " (" + wanted + "): " + golden + " -> " + fresh;
  }
}
