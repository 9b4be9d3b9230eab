package io.buckbench.cli;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code report SUITE}: writes tables, charts and findings from the run store. */
@Command(
    name = "report",
    description = "Write the tables, charts and findings of a suite's recorded runs.")
final class ReportCommand extends SuiteCommand {
  @Option(
      names = "--accuracy",
      paramLabel = "PERCENT",
      split = ",",
      description =
          "show the cheapest way to these accuracies, such as 65,70,75; default: every five points"
              + " above the best accuracy at no cost")
  private List<Double> accuracies = List.of();

  @Override
  public Integer call() {
    for (double percent : accuracies) {
      if (!(percent > 0 && percent <= 100)) {
        throw new InvalidInputException(
            "--accuracy", percent + "", "a percentage above 0 and up to 100", "correct the list");
      }
    }
    RunStore store = RunStore.standard();
    List<RunRecord> records = store.read(suite);
    if (records.isEmpty()) {
      throw new InvalidInputException(
          store.directory().toString(),
          "no run of '" + suite + "', only of " + store.suites(),
          "a suite that was run",
          "run it first: run " + suite);
    }
    List<Double> fractions = accuracies.stream().map(p -> p / 100).toList();
    out().println("report: " + SuiteReportFiles.write(project.root(), suite, records, fractions));
    return BuckBench.OK;
  }
}
