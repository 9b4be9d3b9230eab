package io.buckbench.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The declared settings and inputs of a row that differ from the accepted ones. */
final class InputChanges {
  private static final String ROW = "row";
  private static final int DIGITS = 8;

  private InputChanges() {}

  /**
   * Describes each change: a declared setting by both values, any other input by the first digits
   * of both digests.
   */
  static List<String> of(
      SuiteResults golden, SuiteResults fresh, RowResults accepted, RowResults now) {
    List<String> changes = new ArrayList<>();
    // The digest of the row is of its declarations, which format 1 does not have.
    boolean declared = !accepted.declared().isEmpty() && !now.declared().isEmpty();
    if (declared) {
      changes.addAll(of("declared ", accepted.declared(), now.declared(), Integer.MAX_VALUE));
    }
    of("input ", golden.inputs(accepted), fresh.inputs(now), DIGITS).stream()
        .filter(change -> !(declared && change.startsWith("input " + ROW + " ")))
        .forEach(changes::add);
    return changes;
  }

  private static List<String> of(
      String kind, Map<String, String> golden, Map<String, String> fresh, int digits) {
    List<String> changes = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(golden.keySet());
    names.addAll(fresh.keySet());
    for (String name : names) {
      String was = golden.getOrDefault(name, "nothing");
      String is = fresh.getOrDefault(name, "nothing");
      if (!was.equals(is)) {
        changes.add(kind + name + " " + first(was, digits) + " -> " + first(is, digits));
      }
    }
    return changes;
  }

  private static String first(String text, int digits) {
    return text.substring(0, Math.min(digits, text.length()));
  }
}
