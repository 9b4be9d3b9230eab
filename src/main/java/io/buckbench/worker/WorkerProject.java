package io.buckbench.worker;

import io.buckbench.input.Problems;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folders that a worker reads from and writes to. A relative path is relative to the directory
 * in which the program was started, which is also that of its workers.
 *
 * @param root the project's directory, which contains {@code benchmarks}
 * @param datasets contains a folder for each data set
 * @param models contains a folder for each model; empty for the places in {@code models.csv}
 * @param runs the run store
 */
public record WorkerProject(String root, String datasets, String models, String runs) {
  /** The folders as paths; {@code models} is optional. */
  public static WorkerProject of(Path root, Path datasets, Optional<Path> models, RunStore store) {
    return new WorkerProject(
        root.toString(),
        datasets.toString(),
        models.map(Path::toString).orElse(""),
        store.directory().toString());
  }

  Benchmarks benchmarks(Problems problems) {
    Benchmarks declared = Benchmarks.read(Path.of(root), Path.of(datasets), problems);
    return models.isEmpty() ? declared : declared.withModels(Path.of(models));
  }

  RunStore store() {
    return new RunStore(Path.of(runs));
  }
}
