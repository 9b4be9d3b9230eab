package io.buckbench.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests the known name that was probably meant by a misspelled one. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The nearest known name by edit distance, if it is near enough to suggest: at most a third of
   * the letters differ. Two edits, such as two swapped letters, are always allowed in a name of
   * four letters or more, and one edit in a shorter name.
   */
  public static Optional<String> nearest(String found, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(found, name) <= limit(found))
        .min(Comparator.comparingInt(name -> distance(found, name)));
  }

  /**
   * What to do about an unknown name: a suggestion if one is near, otherwise all known names; to
   * declare one if there are none.
   */
  public static String todo(String found, Collection<String> known) {
    if (known.isEmpty()) {
      return "there are none yet; declare one first";
    }
    return nearest(found, known)
        .map(name -> "did you mean " + name + "?")
        .orElse("write one of " + String.join(", ", known));
  }

  private static int limit(String found) {
    return Math.max(found.length() < 4 ? 1 : 2, found.length() / 3);
  }

  /** The Levenshtein distance: insertions, deletions and substitutions that turn a into b. */
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
