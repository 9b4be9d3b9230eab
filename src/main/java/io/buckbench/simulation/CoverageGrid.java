package io.buckbench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The coverage study over all settings. */
final class CoverageGrid {
  static final List<Population> POPULATIONS =
      List.of(
          Population.spread(0),
          Population.spread(2),
          Population.spread(5),
          Population.learning(0.5),
          Population.learning(0.67),
          Population.learning(0.9));

  private CoverageGrid() {}

  static List<CoverageCell> cells() {
    List<CoverageCell> cells = new ArrayList<>();
    for (int items : List.of(600, 1635)) {
      for (ItemModel model : List.of(ItemModel.ALIKE, ItemModel.UNLIKE)) {
        for (Population population : POPULATIONS) {
          for (int seeds : List.of(3, 5, 8, 20)) {
            cells.add(new CoverageCell(population, model, seeds, items));
          }
        }
      }
    }
    return cells;
  }

  static String markdown(int replicates, long seed, Consumer<String> progress) {
    StringBuilder text =
        new StringBuilder(
            "| seeds' scores | items | item correlation | seeds | mean: covered % | width, points |"
                + " gain over always yes: covered % | width, points | falsely above % | two rows"
                + " alike: falsely different % |\n|---|---|---|---|---|---|---|---|---|---|\n");
    List<CoverageCell> cells = cells();
    for (int i = 0; i < cells.size(); i++) {
      CoverageCell cell = cells.get(i);
      CoverageCell.Rates r = cell.simulate(replicates, seed + i);
      text.append(line(cell, r));
      progress.accept("coverage: " + (i + 1) + " of " + cells.size());
    }
    return text.toString();
  }

  /** A line of the table. */
  static String line(CoverageCell cell, CoverageCell.Rates r) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |\n",
        cell.population().name(),
        cell.items(),
        cell.model().correlation(),
        cell.seeds(),
        100 * r.covered(),
        100 * r.width(),
        100 * r.gainCovered(),
        100 * r.gainWidth(),
        100 * r.falselyAbove(),
        100 * r.falselyDifferent());
  }

  /** The table of metrics that average over the classes. */
  static String otherMetrics(int replicates, long seed, Consumer<String> progress) {
    StringBuilder text =
        new StringBuilder(
            "| metric | seeds' scores | item correlation | seeds | mean: covered % | width, points"
                + " | two rows alike: falsely different % |\n|---|---|---|---|---|---|---|\n");
    List<MetricCell> cells = new ArrayList<>();
    for (boolean area : new boolean[] {false, true}) {
      for (ItemModel model : List.of(ItemModel.ALIKE, ItemModel.UNLIKE)) {
        for (Population population : POPULATIONS) {
          for (int seeds : List.of(3, 8)) {
            cells.add(new MetricCell(area, population, model, seeds));
          }
        }
      }
    }
    for (int i = 0; i < cells.size(); i++) {
      MetricCell cell = cells.get(i);
      MetricCell.Rates r = cell.simulate(replicates, seed + i);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %d | %.1f | %.1f | %.1f |\n",
              cell.area() ? "ROC area" : "balanced accuracy",
              cell.population().name(),
              cell.model().correlation(),
              cell.seeds(),
              100 * r.covered(),
              100 * r.width(),
              100 * r.falselyDifferent()));
      progress.accept("other metrics: " + (i + 1) + " of " + cells.size());
    }
    return text.toString();
  }
}
