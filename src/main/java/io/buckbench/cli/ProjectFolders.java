package io.buckbench.cli;

import io.buckbench.input.Problems;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Suite;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where declarations, data and records lie; the defaults are those of the project's root. */
final class ProjectFolders {
  @Option(names = "--project", description = "the project's root; default: the current directory")
  private Path root = Path.of("");

  @Option(names = "--data-dir", description = "a folder for each data set; default: datasets")
  private Path datasets;

  @Option(
      names = "--model-dir",
      description = "a folder for each model; where it has none: the directory of models.csv")
  private Path models;

  Path root() {
    return root;
  }

  Path datasets() {
    return datasets == null ? root.resolve("datasets") : datasets;
  }

  /** What is declared under {@code benchmarks}, looking for files where the options say. */
  Benchmarks benchmarks(Problems problems) {
    Benchmarks declared = Benchmarks.read(root, datasets(), problems);
    return models == null ? declared : declared.withModels(models);
  }

  /** A suite's declarations and what they refer to. */
  record Declared(Benchmarks benchmarks, Suite suite) {}

  /**
   * Reads a suite.
   *
   * @throws io.buckbench.input.InvalidInputException with everything wrong in it and in what it
   *     refers to
   */
  Declared declared(String suite) {
    Problems problems = new Problems();
    Benchmarks benchmarks = benchmarks(problems);
    Suite read = Suite.read(benchmarks.suiteFile(suite), benchmarks, problems);
    problems.throwIfAny();
    return new Declared(benchmarks, read);
  }

  /** Where a model's files are put, whether they are there or not. */
  Path modelDirectory(ModelEntry model) {
    return models == null ? model.directory() : models.resolve(model.id());
  }

  RunStore store() {
    return RunStore.standard();
  }

  Path benchmark(String file) {
    return root.resolve("benchmarks").resolve(file);
  }
}
