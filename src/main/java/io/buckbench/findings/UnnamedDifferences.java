package io.buckbench.findings;

import io.buckbench.data.Split;
import io.buckbench.record.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the settings in which the rows differ that a hypothesis compares. A setting is named if the
 * hypothesis selects rows by it or orders them by it. Rows of different methods are compared in the
 * columns that both fill in, since the keys of their method files belong to the method.
 */
final class UnnamedDifferences {
  private static final String METHOD = "method";
  private static final String VARIANT = "variant";

  /** Columns that are no settings of a training: which rows, how often, and the speed of a plan. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "throughput",
          "grid",
          Split.COLUMN,
          Declaration.MILESTONES,
          Declaration.SERVED_BY,
          METHOD);

  /** Columns that determine the test items; only rows with the same items are compared. */
  private static final List<String> ITEMS = List.of("data", "level", Declaration.TEST_ITEMS);

  private final Hypothesis hypothesis;
  private final Set<String> named = new LinkedHashSet<>();
  private final Map<String, Map<String, String>> found = new LinkedHashMap<>();

  private UnnamedDifferences(Hypothesis hypothesis) {
    this.hypothesis = hypothesis;
    hypothesis.subject().conditions().forEach(condition -> named.add(condition.column()));
    hypothesis.reference().conditions().forEach(condition -> named.add(condition.column()));
    named.add(hypothesis.by());
  }

  static List<UnnamedDifference> of(Hypothesis hypothesis, List<ComparedRow> rows) {
    UnnamedDifferences differences = new UnnamedDifferences(hypothesis);
    List<ComparedRow> subjects = chosen(hypothesis.subject(), rows);
    boolean among = hypothesis.reference().text().isBlank() && !hypothesis.by().isEmpty();
    List<ComparedRow> references = among ? subjects : chosen(hypothesis.reference(), rows);
    for (ComparedRow subject : subjects) {
      references.stream()
          .filter(reference -> reference != subject && differences.comparable(subject, reference))
          .forEach(reference -> differences.compare(subject, reference));
    }
    return differences.grouped();
  }

  private static List<ComparedRow> chosen(RowSelector selector, List<ComparedRow> rows) {
    return rows.stream()
        .filter(row -> row.declared().split() == Split.TEST)
        .filter(row -> selector.chooses(row.declared().value(Declaration.ID), row.declared()))
        .toList();
  }

  private boolean comparable(ComparedRow one, ComparedRow other) {
    return !hypothesis.metric().ofAnswers()
        || ITEMS.stream()
            .allMatch(
                column -> one.declared().value(column).equals(other.declared().value(column)));
  }

  private void compare(ComparedRow one, ComparedRow other) {
    boolean sameMethod = one.declared().method().equals(other.declared().method());
    boolean files = !one.methodSettings().isEmpty() && !other.methodSettings().isEmpty();
    Map<String, String> mine = one.declared().settings();
    Map<String, String> theirs = other.declared().settings();
    if (!sameMethod) {
      note(METHOD, one, other, one.declared().method(), other.declared().method());
    }
    for (Map.Entry<String, String> setting : mine.entrySet()) {
      String column = setting.getKey();
      boolean skipped =
          column.equals(VARIANT) ? !sameMethod || files : NO_SETTINGS.contains(column);
      if (!skipped && theirs.containsKey(column)) {
        note(column, one, other, setting.getValue(), theirs.get(column));
      }
    }
    if (sameMethod && files) {
      Set<String> keys = new LinkedHashSet<>(one.methodSettings().keySet());
      keys.addAll(other.methodSettings().keySet());
      keys.forEach(
          key ->
              note(
                  key,
                  one,
                  other,
                  one.methodSettings().getOrDefault(key, "default"),
                  other.methodSettings().getOrDefault(key, "default")));
    }
  }

  private void note(
      String setting, ComparedRow one, ComparedRow other, String mine, String theirs) {
    if (!mine.equals(theirs) && !named.contains(setting)) {
      Map<String, String> values = found.computeIfAbsent(setting, k -> new LinkedHashMap<>());
      values.put(one.declared().value(Declaration.ID), mine);
      values.put(other.declared().value(Declaration.ID), theirs);
    }
  }

  private List<UnnamedDifference> grouped() {
    List<UnnamedDifference> all = new ArrayList<>();
    found.forEach(
        (setting, values) -> {
          Map<String, List<String>> rows = new LinkedHashMap<>();
          values.forEach(
              (row, value) -> rows.computeIfAbsent(value, k -> new ArrayList<>()).add(row));
          all.add(new UnnamedDifference(hypothesis.id(), setting, rows));
        });
    return all;
  }
}
