package io.buckbench.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** The tables of the study of the gate: false alarms, and what it finds. */
final class GateTables {
  private static final int ROWS = 12;
  private static final List<int[]> SIZES =
      List.of(new int[] {3, 3}, new int[] {5, 5}, new int[] {8, 8}, new int[] {20, 5});

  private GateTables() {}

  private static Population named(String name, double learned, double points, double learns) {
    return new Population(name, learned, points / 100, learns);
  }

  /** Twelve rows: steady ones of several spreads, and two that collapse on a third of the seeds. */
  static List<GateRow> mixedSuite(double correlation) {
    List<Population> rows = new ArrayList<>(Collections.nCopies(4, named("", 0.62, 0, 1)));
    rows.addAll(Collections.nCopies(2, named("", 0.77, 0.2, 1)));
    rows.addAll(Collections.nCopies(2, named("", 0.76, 0.7, 1)));
    rows.addAll(Collections.nCopies(2, named("", 0.70, 2, 1)));
    rows.addAll(Collections.nCopies(2, named("", 0.77, 0.3, 0.667)));
    return rows.stream().map(row -> GateRow.unchanged(row, correlation)).toList();
  }

  /** Twelve rows alike. */
  static List<GateRow> suiteOf(double learned, double points, double learns, double correlation) {
    return Collections.nCopies(
        ROWS, GateRow.unchanged(named("", learned, points, learns), correlation));
  }

  private static Map<String, List<GateRow>> suites() {
    Map<String, List<GateRow>> suites = new LinkedHashMap<>();
    suites.put("mixed: sd 0 to 2, two rows learn on 2/3 of seeds", mixedSuite(0));
    suites.put("12 rows, sd 0.7", suiteOf(0.76, 0.7, 1, 0));
    suites.put("12 rows, sd 2", suiteOf(0.70, 2, 1, 0));
    suites.put("12 rows, sd 5", suiteOf(0.70, 5, 1, 0));
    suites.put("12 rows that learn on 0.5 of seeds", suiteOf(0.77, 0.3, 0.5, 0));
    suites.put("12 rows that learn on 0.67 of seeds", suiteOf(0.77, 0.3, 0.667, 0));
    suites.put("12 rows that learn on 0.9 of seeds", suiteOf(0.77, 0.3, 0.9, 0));
    suites.put("mixed, seeds correlate by 0.95", mixedSuite(0.95));
    suites.put("12 rows, sd 2, seeds correlate by 0.95", suiteOf(0.70, 2, 1, 0.95));
    suites.put(
        "12 rows, sd 0.7, each truly 1 point lower, which is allowed",
        suiteOf(0.76, 0.7, 1, 0).stream().map(row -> row.dropping(1)).toList());
    return suites;
  }

  static String falseAlarms(int replicates, long seed, Consumer<String> progress) {
    StringBuilder text = header("suite without a regression");
    suites()
        .forEach(
            (name, rows) -> {
              text.append("| ").append(name);
              text.append(
                  cells(
                      rows,
                      replicates,
                      seed,
                      " | %.1f; %.2f, %.2f",
                      GateStudy.Rates::suspected,
                      GateStudy.Rates::regressed));
              progress.accept("gate: " + name);
            });
    return text.toString();
  }

  static String found(int replicates, long seed, Consumer<String> progress) {
    Map<String, GateRow> changed = new LinkedHashMap<>();
    for (double sd : List.of(0.7, 1.0, 2.0, 5.0)) {
      for (double correlation : List.of(0.0, 0.95)) {
        GateRow row = GateRow.unchanged(named("", 0.76, sd, 1), correlation);
        changed.put(
            String.format(
                Locale.ROOT, "sd %.1f, 5 points lower, seeds correlate by %s", sd, correlation),
            row.dropping(5));
      }
    }
    for (double learns : List.of(1.0, 0.9, 0.667)) {
      GateRow row = GateRow.unchanged(named("", 0.77, 0.3, learns), 0);
      changed.put("learns on " + learns + " of seeds, now on none", row.learning(0));
    }
    GateRow halved = GateRow.unchanged(named("", 0.77, 0.3, 0.667), 0);
    changed.put("learns on 0.667 of seeds, now on 0.333", halved.learning(0.333));
    StringBuilder text = header("the row that changed");
    changed.forEach(
        (name, row) -> {
          List<GateRow> rows = new ArrayList<>(suiteOf(0.76, 0.7, 1, row.correlation()));
          rows.set(0, row);
          text.append("| ").append(name);
          text.append(
              cells(
                  rows,
                  replicates,
                  seed,
                  " | %.0f; %.0f, %.0f",
                  GateStudy.Rates::firstSuspected,
                  GateStudy.Rates::firstRegressed));
          progress.accept("gate: " + name);
        });
    return text.toString();
  }

  /** The rest of a line: for each size what is suspected and what is confirmed, in percent. */
  private static String cells(
      List<GateRow> rows,
      int replicates,
      long seed,
      String format,
      ToDoubleFunction<GateStudy.Rates> suspected,
      ToDoubleFunction<GateStudy.Rates> regressed) {
    StringBuilder cells = new StringBuilder();
    for (int[] size : SIZES) {
      GateStudy.Rates own = simulate(rows, size, false, replicates, seed);
      GateStudy.Rates both = simulate(rows, size, true, replicates, seed);
      cells.append(
          String.format(
              Locale.ROOT,
              format,
              100 * suspected.applyAsDouble(own),
              100 * regressed.applyAsDouble(own),
              100 * regressed.applyAsDouble(both)));
    }
    return cells.append(" |\n").toString();
  }

  private static StringBuilder header(String first) {
    StringBuilder text = new StringBuilder("| ").append(first);
    SIZES.forEach(size -> text.append(" | " + size[0] + " accepted, " + size[1] + " fresh"));
    return text.append(" |\n|---").append("|---".repeat(SIZES.size())).append("|\n");
  }

  private static GateStudy.Rates simulate(
      List<GateRow> rows, int[] size, boolean acceptedAgain, int replicates, long seed) {
    return new GateStudy(rows, size[0], size[1], acceptedAgain).simulate(replicates, seed);
  }
}
