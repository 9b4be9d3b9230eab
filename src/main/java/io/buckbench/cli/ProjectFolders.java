package io.buckbench.cli;

import io.buckbench.suite.Project;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for the directories of a project. */
final class ProjectFolders {
  @Option(
      names = "--project",
      paramLabel = "DIR",
      description =
          "the folder of the project, with benchmarks/ in it; default: that of the suite's file, or"
              + " the current directory")
  private Path root;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "contains a directory for each data set; default: datasets of the project")
  private Path datasets;

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      description = "contains a directory for each model; default: as in models.csv")
  private Path models;

  /** The project of a command that takes no suite. */
  Project project() {
    return at(Path.of(""));
  }

  /** The project that a suite belongs to. */
  Project of(String suite) {
    return at(Project.rootOf(suite));
  }

  private Project at(Path unnamed) {
    Project project = Project.at(root == null ? unnamed : root);
    return new Project(
        project.root(),
        datasets == null ? project.datasets() : datasets,
        Optional.ofNullable(models));
  }
}
