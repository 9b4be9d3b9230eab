package io.buckbench.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The base of the commands that take a suite. */
abstract class SuiteCommand extends Subcommand {
  @Parameters(paramLabel = "SUITE", description = "a name under benchmarks/, such as smoke")
  String suite;

  @Mixin ProjectFolders project;
}
