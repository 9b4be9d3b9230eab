package io.buckbench.cli;

import io.buckbench.experiment.RunRecord;
import io.buckbench.table.InvalidInputException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
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
        .println("report: " + SuiteReportFiles.write(project.root(), suite, records));
    return BuckBench.OK;
  }
}
