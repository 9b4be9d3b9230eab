package io.buckbench.cli;

import io.buckbench.input.Problems;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Suite;
import io.buckbench.worker.WorkerProject;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for the directories of a project. */
final class ProjectFolders {
  @Option(
      names = "--project",
      description = "the root of the project; default: the current directory")
  private Path root = Path.of("");

  @Option(
      names = "--data-dir",
      description = "contains a directory for each data set; default: datasets")
  private Path datasets;

  @Option(
      names = "--model-dir",
      description = "contains a directory for each model; default: as in models.csv")
  private Path models;

  Path root() {
    return root;
  }

  Path datasets() {
    return datasets == null ? root.resolve("datasets") : datasets;
  }

  /** Reads the declarations in {@code benchmarks}, for the data and models of the options. */
  Benchmarks benchmarks(Problems problems) {
    Benchmarks declared = Benchmarks.read(root, datasets(), problems);
    return models == null ? declared : declared.withModels(models);
  }

  /** The directories for workers. */
  WorkerProject workerProject(RunStore store) {
    return WorkerProject.of(root, datasets(), Optional.ofNullable(models), store);
  }

  /** A suite and the declarations that it refers to. */
  record Declared(Benchmarks benchmarks, Suite suite) {}

  /**
   * Reads a suite.
   *
   * @throws io.buckbench.input.InvalidInputException with all problems in it and in the
   *     declarations that it refers to
   */
  Declared declared(String suite) {
    Problems problems = new Problems();
    Benchmarks benchmarks = benchmarks(problems);
    Suite read = Suite.read(benchmarks.suiteFile(suite), benchmarks, problems);
    problems.throwIfAny();
    return new Declared(benchmarks, read);
  }

  /** The directory for the files of a model; need not exist. */
  Path modelDirectory(ModelEntry model) {
    return models == null ? model.directory() : models.resolve(model.id());
  }

  /** A file in {@code benchmarks}. */
  Path benchmark(String file) {
    return root.resolve("benchmarks").resolve(file);
  }
}
