package io.buckbench.cli;

import io.buckbench.accepted.StoredRuns;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Project;
import io.buckbench.suite.Selection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report SUITE}: writes tables, charts and findings from the run store. */
@Command(
    name = "report",
    description = {
      "Write the tables, charts and findings of a suite's recorded runs.",
      "The report on selected trials goes to a folder of its own, SUITE.part."
    })
final class ReportCommand extends SuiteCommand {
  @Mixin private SelectionOptions selected;

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
    Selection selection = selected.selection();
    Project project = project();
    RunStore store = project.store();
    Project.Declared declared = project.declared(suite);
    String name = declared.suite().name();
    if (selection.partial()) {
      out().println("selected: " + selection.words(declared.suite()));
    }
    StoredRuns runs = StoredRuns.read(declared, selection, store);
    List<RunRecord> records = runs.records();
    if (records.isEmpty()) {
      throw new InvalidInputException(
          store.directory().toString(),
          "no run of '" + name + "', only of " + store.suites(),
          "a suite that was run",
          "run it first: run " + suite);
    }
    runs.leftOut().forEach(line -> out().println("left out: " + line));
    List<Double> fractions = accuracies.stream().map(p -> p / 100).toList();
    out()
        .println(
            "report: "
                + new SuiteReportFiles(project, name)
                    .write(records, selection.partial(), fractions));
    return BuckBench.OK;
  }
}
