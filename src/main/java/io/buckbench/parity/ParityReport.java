package io.buckbench.parity;

import java.util.List;
import java.util.Locale;

/**
 * The result of all comparisons.
 *
 * @param device the device that computed BuckBench's numbers, for example {@code cpu}
 * @param rows in the order of the directory
 */
public record ParityReport(String device, List<ParityRow> rows) {
  /** Copies the rows. */
  public ParityReport {
    rows = List.copyOf(rows);
  }

  /** Whether something was compared and all deviations are within tolerance. */
  public boolean passed() {
    return !rows.isEmpty() && rows.stream().allMatch(ParityRow::pass);
  }

  /** The rows whose deviation exceeds the tolerance. */
  public List<ParityRow> failures() {
    return rows.stream().filter(r -> !r.pass()).toList();
  }

  /** A table for a terminal, with a summary in the last line. */
  public String table() {
    int caseWidth = width(rows.stream().map(ParityRow::caseName).toList(), 4);
    int quantityWidth = width(rows.stream().map(ParityRow::quantity).toList(), 8);
    int toleranceWidth = width(rows.stream().map(ParityRow::tolerance).toList(), 9);
    String format =
        "%-" + caseWidth + "s  %-" + quantityWidth + "s  %9s  %9s  %-" + toleranceWidth + "s  %s%n";
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT, format, "case", "quantity", "max abs", "max rel", "tolerance", ""));
    for (ParityRow row : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              format,
              row.caseName(),
              row.quantity(),
              number(row.maxAbsoluteError()),
              number(row.maxRelativeError()),
              row.tolerance(),
              row.pass() ? "ok" : "FAIL"));
    }
    table.append(
        String.format(
            Locale.ROOT,
            "%d compared on %s, %d beyond their tolerance%n",
            rows.size(),
            device,
            failures().size()));
    return table.toString();
  }

  private static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.2e", value);
  }

  private static int width(List<String> cells, int atLeast) {
    return Math.max(atLeast, cells.stream().mapToInt(String::length).max().orElse(0));
  }
}
