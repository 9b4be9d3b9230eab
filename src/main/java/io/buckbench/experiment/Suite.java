package io.buckbench.experiment;

import io.buckbench.table.CsvTable;
import io.buckbench.table.InvalidInputException;
import io.buckbench.table.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A suite: declared experiments in their order.
 *
 * @param name the file's, without its ending
 * @param experiments its rows
 */
public record Suite(String name, List<Experiment> experiments) {
  public Suite {
    experiments = List.copyOf(experiments);
  }

  /**
   * Reads a suite's declarations; the files of models and data are not asked for, so that a plan
   * can be made where they are not.
   *
   * @param root of the project: holds {@code benchmarks}
   * @param datasets holds a folder for each data set
   * @throws InvalidInputException with everything wrong in the suite and in what it refers to
   */
  public static Suite read(String name, Path root, Path datasets) {
    Problems problems = new Problems();
    Benchmarks benchmarks = Benchmarks.read(root, datasets, problems);
    Suite suite = read(benchmarks.suiteFile(name), benchmarks, problems);
    problems.throwIfAny();
    return suite;
  }

  /** Reads every row that is right and notes what is wrong with the others. */
  public static Suite read(Path file, Benchmarks benchmarks, Problems problems) {
    CsvTable table =
        CsvTable.read(file, ExperimentReader.COLUMNS, ExperimentReader.OPTIONAL, problems);
    table.requireUnique("id");
    List<Experiment> experiments = new ArrayList<>();
    for (Experiment experiment : table.map(new ExperimentReader(benchmarks)::read)) {
      try {
        experiment.plan();
        experiment.checkpoints().forEach(Experiment::plan);
        experiments.add(experiment);
      } catch (InvalidInputException e) {
        problems.addAll(e);
      }
    }
    RateGrid.check(experiments, problems);
    if (table.rows().isEmpty()) {
      problems.add(file.toString(), "no rows", "one experiment a row", "declare an experiment");
    }
    return new Suite(file.getFileName().toString().replaceFirst("\\.csv$", ""), experiments);
  }

  /**
   * The rows whose id matches a regular expression somewhere.
   *
   * @throws InvalidInputException if none does
   */
  public Suite only(Pattern pattern) {
    Predicate<Experiment> matches = e -> pattern.matcher(e.id()).find();
    List<Experiment> chosen = experiments.stream().filter(matches).toList();
    if (chosen.isEmpty()) {
      throw new InvalidInputException(
          "--only",
          "'" + pattern + "', which no row of " + name + " matches",
          "a regular expression that finds one of "
              + String.join(", ", experiments.stream().map(Experiment::id).toList()),
          "correct the expression");
    }
    return new Suite(name, chosen);
  }

  /** Every row, behind the smaller budgets that its training serves. */
  public List<Experiment> withCheckpoints() {
    return experiments.stream()
        .flatMap(e -> Stream.concat(e.checkpoints().stream(), Stream.of(e)))
        .toList();
  }

  /** Every trial that leaves a record: those of {@link #trials}, and of what they serve. */
  public List<Trial> recorded() {
    return trials(withCheckpoints());
  }

  /** Every training to be run: each row with each of its seeds, in order. */
  public List<Trial> trials() {
    return trials(experiments);
  }

  private List<Trial> trials(List<Experiment> rows) {
    return rows.stream()
        .flatMap(e -> e.seeds().stream().map(seed -> new Trial(name, e, seed)))
        .toList();
  }
}
