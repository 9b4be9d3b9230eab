package io.buckbench.cli;

import io.buckbench.suite.Project;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The base of the commands that take a suite. */
abstract class SuiteCommand extends Subcommand {
  @Parameters(
      paramLabel = "SUITE",
      description = "a name under benchmarks/, such as smoke, or a CSV file anywhere")
  String suite;

  @Mixin ProjectFolders folders;

  /** The project that the suite belongs to. */
  final Project project() {
    return folders.of(suite);
  }
}
