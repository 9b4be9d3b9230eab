package io.buckbench.suite;

import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughputs;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.input.Suggestion;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that configurations refer to: the declarations of {@code benchmarks/} and the data
 * sets.
 *
 * @param directory the directory of the declarations
 * @param prices the price cards
 * @param throughputs the recorded speeds
 * @param models the base models
 * @param prompts the prompts
 * @param dataSets the data sets
 */
public record Benchmarks(
    Path directory,
    PriceCards prices,
    Throughputs throughputs,
    Models models,
    Prompts prompts,
    DataSets dataSets) {
  private static final String JSON = ".json";
  private static final String CSV = ".csv";

  /** Names of rows and suites, which are folders of the run store. */
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

  /** CSV files in {@code benchmarks/} that are not suites. */
  private static final List<String> NO_SUITES =
      List.of(
          "datasets", "prices", "throughput", "models", "hypotheses", "assumed", "paper-table1");

  /**
   * Reads the tables. Problems are noted, and rows with problems are omitted.
   *
   * @param root the project's directory, which contains {@code benchmarks}
   * @param datasets contains a folder for each data set
   */
  public static Benchmarks read(Path root, Path datasets, Problems problems) {
    Path directory = root.resolve("benchmarks");
    Prompts prompts = new Prompts(directory.resolve("prompts"));
    return new Benchmarks(
        directory,
        PriceCards.read(directory.resolve("prices.csv"), problems),
        Throughputs.read(directory.resolve("throughput.csv"), problems),
        Models.read(directory.resolve("models.csv"), root, problems),
        prompts,
        DataSets.read(directory.resolve("datasets.csv"), datasets, prompts, problems));
  }

  /** The same benchmarks, with models from another folder if it has a folder with their id. */
  public Benchmarks withModels(Path folder) {
    return new Benchmarks(directory, prices, throughputs, models.in(folder), prompts, dataSets);
  }

  /** The file of a method's variant. */
  public Path methodFile(String method, String variant) {
    return directory.resolve("methods").resolve(method).resolve(variant + JSON);
  }

  /** Every variant of a method, in alphabetical order. */
  public List<String> variants(String method) {
    return names(directory.resolve("methods").resolve(method), JSON);
  }

  /** Every suite, in alphabetical order. */
  public List<String> suites() {
    return names(directory, CSV).stream().filter(name -> !NO_SUITES.contains(name)).toList();
  }

  /** Whether a suite is given by its file instead of its name. */
  public static boolean isFile(String suite) {
    return suite.endsWith(CSV) || suite.indexOf('/') >= 0 || suite.indexOf(File.separatorChar) >= 0;
  }

  /** The name of a suite's file without its extension: the suite's folder in the run store. */
  public static String nameOf(Path file) {
    return file.getFileName().toString().replaceFirst("\\.csv$", "");
  }

  /**
   * The file of a suite.
   *
   * @param suite the name of a suite in {@code benchmarks/}, or a file anywhere
   * @throws InvalidInputException if there is no such suite
   */
  public Path suiteFile(String suite) {
    if (isFile(suite)) {
      return existing(Path.of(suite));
    }
    if (!suites().contains(suite)) {
      throw new InvalidInputException(
          directory.toString(),
          "no suite '" + suite + "'",
          "the name of a suite",
          Suggestion.todo(suite, suites()));
    }
    return directory.resolve(suite + CSV);
  }

  private static Path existing(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file.toString(),
          Files.isDirectory(file) ? "a directory" : "no such file",
          "the CSV file of a suite",
          "correct the path, or name a suite of the project");
    }
    if (!nameOf(file).matches(NAME)) {
      throw new InvalidInputException(
          file.toString(),
          "the name '" + nameOf(file) + "'",
          "letters, digits and . _ -, since it names a folder",
          "rename the file");
    }
    return file;
  }

  private static List<String> names(Path directory, String ending) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
  }
}
