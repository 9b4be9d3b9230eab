package io.buckbench.budget;

import io.buckbench.input.CsvRow;
import io.buckbench.input.Suggestion;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the column {@code supersedes} of a table whose rows are never edited: a row may replace
 * only one that stands above it, so that history reads downwards.
 */
final class Superseded {
  private final List<String> above = new ArrayList<>();

  void check(CsvRow row) {
    String replaced = row.text("supersedes");
    if (!replaced.isEmpty() && !above.contains(replaced)) {
      row.problem(
          "supersedes",
          "'" + replaced + "'",
          "the id of a row above, or nothing",
          Suggestion.todo(replaced, above));
    }
    above.add(row.text("id"));
  }
}
