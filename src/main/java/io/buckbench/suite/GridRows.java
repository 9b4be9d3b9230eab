package io.buckbench.suite;

import io.buckbench.input.Problems;
import io.buckbench.record.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups the configurations of a suite by its optional column {@code grid}. */
public final class GridRows {
  /** The name of the column. */
  public static final String COLUMN = "grid";

  private static final List<String> MAY_DIFFER =
      List.of(Declaration.ID, "learning_rate", Declaration.NOTE);

  private GridRows() {}

  /** Checks that the configurations of a grid have different rates and are otherwise equal. */
  static void check(List<Configuration> configurations, Problems problems) {
    of(configurations)
        .forEach(
            (name, rows) -> {
              List<Double> seen = new ArrayList<>();
              for (Configuration row : rows) {
                checkSettings(name, rows.get(0), row, problems);
                double rate = row.training().orElseThrow().learningRate();
                if (seen.contains(rate)) {
                  problems.add(
                      row.where() + " column learning_rate",
                      row.declared().learningRate() + " again in grid " + name,
                      "each rate once",
                      "change the rate, or remove the row");
                }
                seen.add(rate);
              }
            });
  }

  private static void checkSettings(
      String grid, Configuration first, Configuration row, Problems problems) {
    row.declared()
        .columns()
        .forEach(
            (column, value) -> {
              String others = first.declared().value(column);
              if (!MAY_DIFFER.contains(column) && !value.equals(others)) {
                problems.add(
                    row.where() + " column " + column,
                    "'" + value + "'",
                    "'"
                        + others
                        + "' as in "
                        + first.id()
                        + ", since rows of grid "
                        + grid
                        + " differ only in learning_rate",
                    "make them equal, or use another grid");
              }
            });
  }

  /** The configurations of each grid by its name, in the suite's order. */
  public static Map<String, List<Configuration>> of(List<Configuration> configurations) {
    Map<String, List<Configuration>> grids = new LinkedHashMap<>();
    for (Configuration row : configurations) {
      if (!row.grid().isEmpty()) {
        grids.computeIfAbsent(row.grid(), name -> new ArrayList<>()).add(row);
      }
    }
    return grids;
  }
}
