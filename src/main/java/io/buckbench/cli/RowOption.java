package io.buckbench.cli;

import io.buckbench.suite.Selection;
import picocli.CommandLine.Option;

/** The option for a part of a suite's rows. */
final class RowOption {
  @Option(
      names = "--only",
      paramLabel = "IDS",
      description = "only these rows: whole ids separated by |, with * for any text: 'lora_*|ia3'")
  private String only;

  String only() {
    return only;
  }

  /** The selected rows, with all their seeds. */
  Selection selection() {
    return Selection.of("", only, null);
  }
}
