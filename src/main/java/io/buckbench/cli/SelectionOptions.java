package io.buckbench.cli;

import io.buckbench.suite.Selection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for a part of a suite's trials. */
final class SelectionOptions {
  private static final String SEEDS = "--seeds";

  @Mixin private RowOption rows;

  @Option(names = SEEDS, paramLabel = "N", description = "only the first N seeds of each row")
  private String seeds;

  /**
   * The selected trials.
   *
   * @throws io.buckbench.input.InvalidInputException if the number of seeds is invalid
   */
  Selection selection() {
    return Selection.of(SEEDS, rows.only(), seeds);
  }
}
