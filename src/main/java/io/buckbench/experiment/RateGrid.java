package io.buckbench.experiment;

import io.buckbench.eval.ItemMetric;
import io.buckbench.eval.SeedSummary;
import io.buckbench.eval.Trials;
import io.buckbench.table.InvalidInputException;
import io.buckbench.table.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learning rates of one method side by side on validation rows: the rows of a suite that share a
 * value of its optional column {@code grid} and differ in nothing but the rate.
 *
 * <p>The rate with the highest mean accuracy over the seeds is chosen; of equal ones the rate with
 * the larger mean area under the ROC curve by likelihood, and of equal ones again the smaller rate.
 * The choice is printed, not applied: whoever runs a suite declares the rate in its row beforehand.
 *
 * @param name the column's value
 * @param rates in the suite's order
 */
public record RateGrid(String name, List<Rate> rates) {
  static final String COLUMN = "grid";

  private static final List<String> MAY_DIFFER = List.of("id", "learning_rate", "note");

  /**
   * One rate and what came of it.
   *
   * @param experiment the row
   * @param scores on validation rows, over the seeds
   * @param likelihoodArea mean over the seeds, 0 to 1
   */
  public record Rate(Experiment experiment, SeedSummary scores, double likelihoodArea) {
    double accuracy() {
      return scores.accuracy().estimate();
    }

    double learningRate() {
      return experiment.training().orElseThrow().learningRate();
    }
  }

  /**
   * The grids of a suite with their recorded trials.
   *
   * @throws InvalidInputException if the suite has none, or naming every trial whose record is
   *     missing, failed, or of other settings or files
   */
  public static List<RateGrid> of(Suite suite, RunStore store) {
    Map<String, List<Experiment>> grids = grids(suite.experiments());
    if (grids.isEmpty()) {
      throw new InvalidInputException(
          "suite " + suite.name(),
          "no row with a value in column " + COLUMN,
          "rows of a grid, which ask validation and differ in their learning rate",
          "name a suite that has some");
    }
    Problems problems = new Problems();
    List<RateGrid> all = new ArrayList<>();
    grids.forEach(
        (name, rows) -> {
          List<Trial> trials = new Suite(suite.name(), rows).trials();
          Map<Trial, RunRecord> records = records(trials, store, problems);
          if (records.size() == trials.size()) {
            all.add(
                new RateGrid(name, rows.stream().map(row -> rate(row, records.values())).toList()));
          }
        });
    problems.throwIfAny();
    return all;
  }

  private static Rate rate(Experiment row, Collection<RunRecord> records) {
    Trials trials =
        Trials.of(
            records.stream()
                .filter(record -> record.experiment().equals(row.id()))
                .map(RunRecord::predictions)
                .toList());
    return new Rate(row, SeedSummary.of(trials), ItemMetric.LIKELIHOOD_AREA.on(trials).mean());
  }

  /** Those that can be compared; what is wrong with the others is noted. */
  private static Map<Trial, RunRecord> records(
      List<Trial> trials, RunStore store, Problems problems) {
    Map<Trial, RunRecord> records = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Optional<RunRecord> record = store.find(trial);
      Optional<RunRecord> first = records.values().stream().findFirst();
      String found = record.map(r -> unfit(trial, r, first.orElse(r))).orElse("no record");
      if (found.isEmpty()) {
        records.put(trial, record.orElseThrow());
      } else {
        problems.add(
            store.directory(trial).toString(),
            found,
            "answers of " + trial + ": a grid is compared as a whole",
            "run " + trial.suite() + " --only '^" + trial.experiment().id() + "$'");
      }
    }
    return records;
  }

  /** Why a record cannot be compared, or the empty string. */
  private static String unfit(Trial trial, RunRecord record, RunRecord first) {
    if (!without(record.declared(), "note", "seeds")
        .equals(without(trial.experiment().declared(), "note", "seeds"))) {
      return "a record of other settings";
    }
    if (!without(record.provenance().sha256(), "row", "program")
        .equals(without(first.provenance().sha256(), "row", "program"))) {
      return "a record of other files than those of " + first.experiment();
    }
    return record.predictions().isEmpty()
        ? "a trial that answered nothing: " + record.failure()
        : "";
  }

  private static Map<String, String> without(Map<String, String> map, String... keys) {
    Map<String, String> rest = new LinkedHashMap<>(map);
    rest.keySet().removeAll(List.of(keys));
    return rest;
  }

  /** The rate that the rule above chooses. */
  public Rate chosen() {
    return rates.stream()
        .max(
            Comparator.comparingDouble(Rate::accuracy)
                .thenComparingDouble(Rate::likelihoodArea)
                .thenComparing(Comparator.comparingDouble(Rate::learningRate).reversed()))
        .orElseThrow();
  }

  /** Whether the chosen rate is the grid's smallest or largest, beyond which a better may lie. */
  public boolean chosenAtEdge() {
    DoubleSummaryStatistics all =
        rates.stream().mapToDouble(Rate::learningRate).summaryStatistics();
    double rate = chosen().learningRate();
    return rate == all.getMin() || rate == all.getMax();
  }

  /** Notes each row of a grid that differs from its first in more than the rate, or not in it. */
  static void check(List<Experiment> experiments, Problems problems) {
    grids(experiments)
        .forEach(
            (name, rows) -> {
              List<Double> seen = new ArrayList<>();
              for (Experiment row : rows) {
                checkSettings(name, rows.get(0), row, problems);
                double rate = row.training().orElseThrow().learningRate();
                if (seen.contains(rate)) {
                  problems.add(
                      row.where() + " column learning_rate",
                      row.declared().get("learning_rate") + " again in grid " + name,
                      "each rate once",
                      "change the rate, or drop the row");
                }
                seen.add(rate);
              }
            });
  }

  private static void checkSettings(
      String grid, Experiment first, Experiment row, Problems problems) {
    row.declared()
        .forEach(
            (column, value) -> {
              String others = first.declared().get(column);
              if (!MAY_DIFFER.contains(column) && !value.equals(others)) {
                problems.add(
                    row.where() + " column " + column,
                    "'" + value + "'",
                    "'"
                        + others
                        + "', as in "
                        + first.id()
                        + ": rows of grid "
                        + grid
                        + " differ in learning_rate alone",
                    "make them equal, or name another grid");
              }
            });
  }

  private static Map<String, List<Experiment>> grids(List<Experiment> experiments) {
    Map<String, List<Experiment>> grids = new LinkedHashMap<>();
    for (Experiment e : experiments) {
      if (!e.grid().isEmpty()) {
        grids.computeIfAbsent(e.grid(), name -> new ArrayList<>()).add(e);
      }
    }
    return grids;
  }
}
