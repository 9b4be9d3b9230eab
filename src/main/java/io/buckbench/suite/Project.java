package io.buckbench.suite;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.record.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folders of a project: {@code benchmarks} with its declarations, {@code datasets}, {@code
 * golden} with accepted results, and {@code target} with records and reports. One program serves
 * any number of projects.
 *
 * @param root the project's folder
 * @param datasets contains a folder for each data set
 * @param models contains a folder for each model; empty for the places in {@code models.csv}
 */
public record Project(Path root, Path datasets, Optional<Path> models) {
  private static final String DECLARATIONS = "benchmarks";
  private static final String TARGET = "target";

  /** A project with its own data sets and models. */
  public static Project at(Path root) {
    return new Project(root, root.resolve("datasets"), Optional.empty());
  }

  /**
   * The project that a suite belongs to: the nearest folder above its file that has declarations.
   * For a name, and for a file that lies in no project, it is the current folder.
   *
   * @param suite the name or file of a suite
   */
  public static Path rootOf(String suite) {
    if (Benchmarks.isFile(suite)) {
      Path folder = Path.of(suite).toAbsolutePath().normalize().getParent();
      for (; folder != null; folder = folder.getParent()) {
        if (Files.isDirectory(folder.resolve(DECLARATIONS))) {
          return folder.equals(Path.of("").toAbsolutePath()) ? Path.of("") : folder;
        }
      }
    }
    return Path.of("");
  }

  /** A suite and the declarations that it refers to. */
  public record Declared(Benchmarks benchmarks, Suite suite) {}

  /**
   * Reads a suite.
   *
   * @param suite its name or file
   * @throws InvalidInputException with all problems in it and in the declarations that it refers to
   */
  public Declared declared(String suite) {
    Problems problems = new Problems();
    Benchmarks benchmarks = benchmarks(problems);
    Suite read = Suite.read(benchmarks.suiteFile(suite), benchmarks, problems);
    problems.throwIfAny();
    return new Declared(benchmarks, read);
  }

  /**
   * Reads the declarations, for the data and models of this project.
   *
   * @throws InvalidInputException if the folder is no project
   */
  public Benchmarks benchmarks(Problems problems) {
    if (!Files.isDirectory(root.resolve(DECLARATIONS))) {
      throw new InvalidInputException(
          root.toAbsolutePath().normalize().toString(),
          "no folder " + DECLARATIONS,
          "the folder of a project",
          "change to one, name one with --project DIR, or make one with init");
    }
    Benchmarks declared = Benchmarks.read(root, datasets, problems);
    return models.map(declared::withModels).orElse(declared);
  }

  /** A file in {@code benchmarks}; need not exist. */
  public Path declaration(String file) {
    return root.resolve(DECLARATIONS).resolve(file);
  }

  /** The records, at {@code -Dbuckbench.runs} or in {@code target/runs}. */
  public RunStore store() {
    String named = System.getProperty("buckbench.runs", "");
    return new RunStore(
        named.isEmpty() ? root.resolve(TARGET).resolve("runs") : root.resolve(named));
  }

  /**
   * The folder of a suite's report. That on a part of a suite is another one, so that it never
   * replaces the report on the whole, and so is that of runs on a GPU ({@code -Pgpu}).
   *
   * @param part whether it is on selected trials only
   */
  public Path report(String suite, boolean part) {
    String device = "gpu".equals(System.getProperty("buckbench.device")) ? ".gpu" : "";
    return root.resolve(TARGET).resolve("report").resolve(suite + device + (part ? ".part" : ""));
  }

  /** The folder with accepted results; need not exist. */
  public Path golden() {
    return root.resolve("golden");
  }

  /** The folder for the files of a model; need not exist. */
  public Path directory(ModelEntry model) {
    return models.map(folder -> folder.resolve(model.id())).orElse(model.directory());
  }
}
