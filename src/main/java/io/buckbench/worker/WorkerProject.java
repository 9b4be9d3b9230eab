package io.buckbench.worker;

import io.buckbench.input.Problems;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Project;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a worker reads from and writes to. A relative path is relative to the directory in which the
 * program was started, which is also that of its workers.
 *
 * @param root the project's directory, which contains {@code benchmarks}
 * @param datasets contains a folder for each data set
 * @param models contains a folder for each model; empty for the places in {@code models.csv}
 * @param suite the suite's file, or its name in {@code benchmarks}
 * @param runs the run store
 */
public record WorkerProject(
    String root, String datasets, String models, String suite, String runs) {
  /**
   * A project and a suite for workers.
   *
   * @param suite the suite's name or file
   */
  public static WorkerProject of(Project project, String suite, RunStore store) {
    return new WorkerProject(
        project.root().toString(),
        project.datasets().toString(),
        project.models().map(Path::toString).orElse(""),
        suite,
        store.directory().toString());
  }

  /** The same with another run store. */
  WorkerProject storingIn(Path directory) {
    return new WorkerProject(root, datasets, models, suite, directory.toString());
  }

  Benchmarks benchmarks(Problems problems) {
    return new Project(
            Path.of(root),
            Path.of(datasets),
            models.isEmpty() ? Optional.empty() : Optional.of(Path.of(models)))
        .benchmarks(problems);
  }

  RunStore store() {
    return new RunStore(Path.of(runs));
  }
}
