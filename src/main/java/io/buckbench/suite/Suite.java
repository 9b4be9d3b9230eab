package io.buckbench.suite;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.SpeedOrigins;
import io.buckbench.budget.Throughput;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.NamePattern;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A suite of declared configurations.
 *
 * @param name the file's name without extension
 * @param configurations the rows in the file's order
 */
public record Suite(String name, List<Configuration> configurations) {
  /** The longest name of a suite or a configuration; parts are added to it for file names. */
  static final int MOST_NAME_CHARACTERS = 100;

  public Suite {
    configurations = List.copyOf(configurations);
  }

  /**
   * Reads a suite's declarations. The files of models and data need not exist.
   *
   * @param name a name or a file, as in {@link Benchmarks#suiteFile}
   * @param root the project's directory, which contains {@code benchmarks}
   * @param datasets contains a folder for each data set
   * @throws InvalidInputException with every problem of the suite and of the tables it refers to
   */
  public static Suite read(String name, Path root, Path datasets) {
    Problems problems = new Problems();
    Benchmarks benchmarks = Benchmarks.read(root, datasets, problems);
    Suite suite = read(benchmarks.suiteFile(name), benchmarks, problems);
    problems.throwIfAny();
    return suite;
  }

  /** Reads every valid row and notes the problems of the others. */
  public static Suite read(Path file, Benchmarks benchmarks, Problems problems) {
    CsvTable table = SuiteRows.read(file, problems);
    List<Configuration> configurations = new ArrayList<>();
    for (Configuration configuration : table.map(new ConfigurationReader(benchmarks)::read)) {
      try {
        configuration.plan();
        configuration.milestones().forEach(Configuration::plan);
        configurations.add(configuration);
      } catch (InvalidInputException e) {
        problems.addAll(e);
      }
    }
    GridRows.check(configurations, problems);
    if (table.rows().isEmpty()) {
      problems.add(
          file.toString(), "no rows", "one configuration per row", "declare a configuration");
    }
    String name = Benchmarks.nameOf(file);
    if (name.length() > MOST_NAME_CHARACTERS) {
      problems.add(
          file.toString(),
          "a name of " + name.length() + " characters",
          "at most " + MOST_NAME_CHARACTERS + ", since it is part of longer file names",
          "rename the file");
    }
    return new Suite(name, configurations);
  }

  /**
   * The configurations whose whole id matches.
   *
   * @throws InvalidInputException if there is none
   */
  public Suite only(NamePattern pattern) {
    List<Configuration> chosen =
        configurations.stream().filter(row -> pattern.matches(row.id())).toList();
    if (chosen.isEmpty()) {
      throw new InvalidInputException(
          "--only",
          "'" + pattern + "', which no row of " + name + " matches",
          "whole ids separated by |, with * for any text, of "
              + String.join(", ", configurations.stream().map(Configuration::id).toList()),
          "correct the pattern");
    }
    return new Suite(name, chosen);
  }

  /** Where the speeds come from that plan the rows under the planned clock. */
  public SpeedOrigins speedOrigins() {
    Map<String, Throughput> planned = new LinkedHashMap<>();
    configurations.stream()
        .filter(row -> row.clock() == BudgetClock.PLANNED)
        .forEach(row -> row.throughput().ifPresent(speed -> planned.put(row.id(), speed)));
    return SpeedOrigins.of(planned);
  }

  /** Every configuration, each after its milestones. */
  public List<Configuration> withMilestones() {
    return configurations.stream()
        .flatMap(row -> Stream.concat(row.milestones().stream(), Stream.of(row)))
        .toList();
  }

  /** Every trial that is recorded: {@link #trials} and their milestones. */
  public List<Trial> recorded() {
    return trials(withMilestones());
  }

  /** Every trial to run: each configuration with each of its seeds, in order. */
  public List<Trial> trials() {
    return trials(configurations);
  }

  private List<Trial> trials(List<Configuration> rows) {
    return rows.stream()
        .flatMap(row -> row.seeds().stream().map(seed -> new Trial(name, row, seed)))
        .toList();
  }
}
