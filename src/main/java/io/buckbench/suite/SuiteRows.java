package io.buckbench.suite;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import io.buckbench.record.Declaration;
import io.buckbench.suite.SuiteColumn.Presence;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a suite's file, complete: a value that a row leaves open is that of the row {@code
 * defaults} or, if that leaves it open too, the column's own. Only columns that the row's method
 * uses are filled in.
 */
final class SuiteRows {
  /** The id of the row whose values hold where others leave them open. */
  static final String DEFAULTS = "defaults";

  /** The columns that belong to a method; the defaults of another method's rows leave them open. */
  private static final List<String> OF_METHOD = List.of("variant", SuiteColumn.SETTINGS);

  /** The present name of a column by its former one. */
  private static final Map<String, String> RENAMED = Map.of("test_rows", Declaration.TEST_ITEMS);

  private static final String METHOD = "method";
  private static final String FILL_IN = "fill it in, here or once in a row " + DEFAULTS;

  private final Optional<CsvRow> defaults;

  private SuiteRows(Optional<CsvRow> defaults) {
    this.defaults = defaults;
  }

  /** Reads a suite's file. */
  static CsvTable read(Path file, Problems problems) {
    List<String> known = SuiteColumn.names();
    CsvTable table = CsvTable.read(file, List.of(Declaration.ID), known, RENAMED, problems);
    table.rows().stream()
        .skip(1)
        .filter(SuiteRows::isDefaults)
        .forEach(
            row ->
                row.problem(
                    Declaration.ID,
                    "'" + DEFAULTS + "' below another row",
                    "it once, as the first row, since it holds for all",
                    "move it up"));
    SuiteRows rows =
        new SuiteRows(table.rows().stream().limit(1).filter(SuiteRows::isDefaults).findFirst());
    CsvTable filled =
        table.with(
            table.rows().stream().filter(row -> !isDefaults(row)).map(rows::filled).toList());
    filled.requireUnique(Declaration.ID);
    return filled;
  }

  private static boolean isDefaults(CsvRow row) {
    return row.text(Declaration.ID).equals(DEFAULTS);
  }

  private CsvRow filled(CsvRow row) {
    Map<String, String> values = new LinkedHashMap<>(row.values());
    Map<String, String> elsewhere = new LinkedHashMap<>();
    String ofDefaults = defaults.map(d -> d.text(METHOD)).orElse("");
    Method method =
        new Method(row.isEmpty(METHOD) ? ofDefaults : row.text(METHOD), "", Optional.empty());
    boolean same = method.name().equals(ofDefaults);
    for (SuiteColumn column : SuiteColumn.ALL) {
      String name = column.name();
      if (!row.values().containsKey(name) && column.presence() != Presence.OPTIONAL) {
        values.put(name, "");
      }
      if (!row.isEmpty(name) || !column.use().by(method)) {
        continue;
      }
      boolean own = OF_METHOD.contains(name) && !same;
      String shared = own ? "" : defaults.map(d -> d.text(name)).orElse("");
      if (!shared.isEmpty()) {
        values.put(name, shared);
        elsewhere.put(name, defaults.orElseThrow().place());
      } else if (!column.value().isEmpty()) {
        values.put(name, column.value());
      }
    }
    return row.filled(values, elsewhere, FILL_IN);
  }
}
