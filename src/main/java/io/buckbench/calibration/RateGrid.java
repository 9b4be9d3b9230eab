package io.buckbench.calibration;

import io.buckbench.eval.ItemMetric;
import io.buckbench.eval.SeedSummary;
import io.buckbench.eval.Trials;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.record.Provenance;
import io.buckbench.record.Regimes;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.GridRows;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learning rates of one method, compared on the validation split: the configurations of a suite
 * that share a value in the optional column {@code grid} and differ only in the rate.
 *
 * <p>The rate with the highest mean accuracy over the seeds is chosen. A tie is broken by the
 * larger mean area under the ROC curve of likelihoods, then by the smaller rate. The choice is
 * printed, not applied: a suite declares its rates before it is run.
 *
 * @param name value of the column
 * @param rates in the suite's order
 */
public record RateGrid(String name, List<Rate> rates) {
  /**
   * One rate and its results.
   *
   * @param configuration the configuration
   * @param scores on the validation split, over the seeds
   * @param likelihoodArea area under the ROC curve, mean over the seeds, 0 to 1
   */
  public record Rate(Configuration configuration, SeedSummary scores, double likelihoodArea) {
    double accuracy() {
      return scores.accuracy().estimate();
    }

    double learningRate() {
      return configuration.training().orElseThrow().learningRate();
    }
  }

  /**
   * The grids of a suite with the results of their recorded trials.
   *
   * @throws InvalidInputException if the suite has no grid, or naming every trial whose record is
   *     missing, failed, or made with other settings or files
   */
  public static List<RateGrid> of(Suite suite, RunStore store) {
    Map<String, List<Configuration>> grids = GridRows.of(suite.configurations());
    if (grids.isEmpty()) {
      throw new InvalidInputException(
          "suite " + suite.name(),
          "no row with a value in column " + GridRows.COLUMN,
          "rows of a grid, with the validation split and different learning rates",
          "use a suite that has some");
    }
    List<Trial> declared =
        grids.values().stream()
            .flatMap(rows -> new Suite(suite.name(), rows).trials().stream())
            .toList();
    if (declared.stream().allMatch(trial -> store.find(trial.id()).isEmpty())) {
      throw new InvalidInputException(
          store.directory().toString(),
          "no record of the grids of " + suite.name(),
          "answers of their " + declared.size() + " trials",
          "run " + suite.name());
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

  private static Rate rate(Configuration row, Collection<RunRecord> records) {
    List<RunRecord> own =
        records.stream().filter(record -> record.configuration().equals(row.id())).toList();
    Trials trials =
        Trials.of(own.stream().map(RunRecord::predictions).toList())
            .in(Regimes.of(records).of(own.get(0)));
    return new Rate(row, SeedSummary.of(trials), ItemMetric.LIKELIHOOD_AREA.on(trials).mean());
  }

  /** The records that can be compared; problems of the others are noted. */
  private static Map<Trial, RunRecord> records(
      List<Trial> trials, RunStore store, Problems problems) {
    Map<Trial, RunRecord> records = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Optional<RunRecord> record = store.find(trial.id());
      Optional<RunRecord> first = records.values().stream().findFirst();
      String found = record.map(r -> unfit(trial, r, first.orElse(r))).orElse("no record");
      if (found.isEmpty()) {
        records.put(trial, record.orElseThrow());
      } else {
        problems.add(
            store.directory(trial.id()).toString(),
            found,
            "answers of " + trial + ", since a grid is compared as a whole",
            "run " + trial.suite() + " --only " + trial.configuration().id());
      }
    }
    return records;
  }

  /** Why a record cannot be compared; empty if it can. */
  private static String unfit(Trial trial, RunRecord record, RunRecord first) {
    if (!record.declared().inputs().equals(trial.configuration().declared().inputs())) {
      return "a record with other settings";
    }
    if (!files(record).equals(files(first))) {
      return "a record with other files than those of " + first.configuration();
    }
    return record.predictions().isEmpty() ? "a trial without answers: " + record.failure() : "";
  }

  private static Map<String, String> files(RunRecord record) {
    Map<String, String> files = new LinkedHashMap<>(record.provenance().sha256());
    files.keySet().removeAll(List.of("row", Provenance.PROGRAM));
    return files;
  }

  /** The chosen rate. */
  public Rate chosen() {
    return rates.stream()
        .max(
            Comparator.comparingDouble(Rate::accuracy)
                .thenComparingDouble(Rate::likelihoodArea)
                .thenComparing(Comparator.comparingDouble(Rate::learningRate).reversed()))
        .orElseThrow();
  }

  /** Whether the chosen rate is the grid's smallest or largest, so a better one may be outside. */
  public boolean chosenAtEdge() {
    DoubleSummaryStatistics all =
        rates.stream().mapToDouble(Rate::learningRate).summaryStatistics();
    double rate = chosen().learningRate();
    return rate == all.getMin() || rate == all.getMax();
  }
}
