package io.buckbench.cli;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report SUITE}: tables, charts and findings from what is in the run store. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Write the tables, charts and findings of a suite's recorded runs.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SUITE", description = "a suite that was run")
  private String suite;

  @Option(
      names = "--accuracy",
      paramLabel = "PERCENT",
      split = ",",
      description =
          "tell the cheapest way to these accuracies, such as 65,70,75; default: every five points"
              + " above what is free")
  private List<Double> accuracies = List.of();

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
    for (double percent : accuracies) {
      if (!(percent > 0 && percent <= 100)) {
        throw new InvalidInputException(
            "--accuracy", percent + "", "percent above 0 and up to 100", "correct the list");
      }
    }
    List<RunRecord> records = project.store().read(suite);
    if (records.isEmpty()) {
      throw new InvalidInputException(
          project.store().directory().toString(),
          "no run of '" + suite + "', only of " + project.store().suites(),
          "a suite that was run",
          "run it first: run " + suite);
    }
    spec.commandLine()
        .getOut()
        .println(
            "report: "
                + SuiteReportFiles.write(
                    project.root(),
                    suite,
                    records,
                    accuracies.stream().map(p -> p / 100).toList()));
    return BuckBench.OK;
  }
}
