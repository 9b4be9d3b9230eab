package io.buckbench.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that a misspelled one was probably meant to be. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The nearest known name by edit distance, if it is near enough to be worth a question: a third
   * of the letters may differ, and two letters may have changed places in any but a tiny name.
   */
  public static Optional<String> nearest(String found, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(found, name) <= reach(found))
        .min(Comparator.comparingInt(name -> distance(found, name)));
  }

  /** What to do about a name that is not known: a question where one is near, else a list. */
  public static String todo(String found, Collection<String> known) {
    return nearest(found, known)
        .map(name -> "did you mean " + name + "?")
        .orElse("write one of " + String.join(", ", known));
  }

  private static int reach(String found) {
    return Math.max(found.length() < 4 ? 1 : 2, found.length() / 3);
  }

  /** Levenshtein's distance: insertions, deletions and substitutions that turn a into b. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j - 1], row[j]) + 1);
      }
    }
    return row[b.length()];
  }
}
