package io.buckbench.cli;

import io.buckbench.experiment.RunStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where declarations, data and records lie; the defaults are those of the project's root. */
final class ProjectFolders {
  @Option(names = "--project", description = "the project's root; default: the current directory")
  private Path root = Path.of("");

  @Option(names = "--data-dir", description = "a folder for each data set; default: datasets")
  private Path datasets;

  Path root() {
    return root;
  }

  Path datasets() {
    return datasets == null ? root.resolve("datasets") : datasets;
  }

  RunStore store() {
    return RunStore.standard();
  }

  Path benchmark(String file) {
    return root.resolve("benchmarks").resolve(file);
  }
}
