package io.buckbench.budget;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A CSV table whose rows are never edited, by id and in the order of the file. A row that replaces
 * another names it in the column {@code supersedes}; the replaced row must come before it.
 */
abstract class AppendOnlyTable<T> {
  private final Map<String, T> byId = new LinkedHashMap<>();

  /** Reads every valid row and reports the problems of the others. */
  AppendOnlyTable(CsvTable table, Function<CsvRow, T> reader) {
    table.requireUnique("id");
    List<String> above = new ArrayList<>();
    table
        .map(
            row -> {
              String replaced = row.text("supersedes");
              if (!replaced.isEmpty() && !above.contains(replaced)) {
                row.problem(
                    "supersedes",
                    "'" + replaced + "'",
                    "the id of a row above, or nothing",
                    Suggestion.todo(replaced, above));
              }
              above.add(row.text("id"));
              return Map.entry(row.text("id"), reader.apply(row));
            })
        .forEach(row -> byId.put(row.getKey(), row.getValue()));
  }

  /** The row with an id, if there is one. */
  public Optional<T> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The ids of all rows. */
  public Collection<String> ids() {
    return byId.keySet();
  }

  /** All rows. */
  public Collection<T> all() {
    return byId.values();
  }
}
