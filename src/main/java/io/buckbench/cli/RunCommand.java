package io.buckbench.cli;

import io.buckbench.input.Problems;
import io.buckbench.preflight.CheckOutcome;
import io.buckbench.preflight.CheckResult;
import io.buckbench.preflight.Preflight;
import io.buckbench.preflight.PreflightReport;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Project;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Shard;
import io.buckbench.suite.Suite;
import io.buckbench.suite.SuitePlan;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialRunner;
import io.buckbench.worker.WorkerCount;
import io.buckbench.worker.WorkerProject;
import io.buckbench.worker.WorkerStartException;
import io.buckbench.worker.Workers;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run SUITE}: runs the trials of a suite, stores their records and writes the report. */
@Command(
    name = "run",
    description = {
      "Run the trials of a suite that have no record, and write the report.",
      "The report on selected trials goes to a folder of its own, SUITE.part."
    })
final class RunCommand extends SuiteCommand {
  @Mixin private SelectionOptions selected;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "only the share I of N shares of equal planned time, the same on every machine; N may be"
              + " the number of trials")
  private String shard;

  @Option(names = "--again", description = "also run trials that have a record")
  private boolean again;

  @Option(
      names = "--anyway",
      description = "run a suite that is priced for a GPU on the CPU of this machine")
  private boolean anyway;

  @Mixin private WorkerOptions workers;

  @Override
  @SuppressWarnings("try") // a signal is handled until the report is written
  public Integer call() {
    WorkerCount count = workers.count();
    Selection selection = selected.selection();
    Problems problems = new Problems();
    Project project = project();
    Benchmarks benchmarks = project.benchmarks(problems);
    RunStore store = project.store();
    Suite whole = Suite.read(benchmarks.suiteFile(suite), benchmarks, problems);
    problems.throwIfAny();
    if (selection.partial()) {
      out().println("selected: " + selection.words(whole));
      out().flush();
    }
    preflight(store, benchmarks, selection.rows(whole));
    Reuse reuse = again ? Reuse.NOTHING : Reuse.fromProperties(Reuse.SAME_PROGRAM);
    SuiteReportFiles files = new SuiteReportFiles(project);
    boolean part = selection.partial() || shard != null;
    Workers suiteWorkers = new Workers(WorkerProject.of(project, suite, store), count, reuse);
    List<Trial> trials = share(selection.trials(whole), whole, benchmarks);
    try (StopOnSignal stop = new StopOnSignal(suiteWorkers::stop);
        TrialProgress progress = new TrialProgress(out())) {
      List<RunRecord> records;
      try {
        records = suiteWorkers.run(trials, progress);
      } catch (WorkerStartException e) {
        writeReport(files, whole.name(), progress.records(), true);
        throw e;
      }
      int all = trials.stream().mapToInt(trial -> trial.recorded().size()).sum();
      writeReport(files, whole.name(), records, part || records.size() < all);
    }
    return exitStatus();
  }

  private void writeReport(
      SuiteReportFiles files, String name, List<RunRecord> records, boolean part) {
    // Even without a report the user must see which promises were broken.
    reportBroken(records);
    if (!records.isEmpty()) {
      files.write(name, records, part).forEach(out()::println);
    }
  }

  private List<Trial> share(List<Trial> trials, Suite whole, Benchmarks benchmarks) {
    return shard == null
        ? trials
        : Shard.parse(shard).of(trials, SuitePlan.of(whole, benchmarks.throughputs()));
  }

  /** Prints warnings, and throws failed checks. */
  private void preflight(RunStore store, Benchmarks benchmarks, Suite selected) {
    Problems problems = new Problems();
    try (TrialRunner runner = new TrialRunner(benchmarks)) {
      PreflightReport report =
          Preflight.here(store.directory(), runner, selected, anyway).of(selected);
      report.addTo(problems);
      for (CheckResult warning : report.with(CheckOutcome.WARNING)) {
        err().println("warning: " + warning.problem());
      }
    }
    problems.throwIfAny();
  }
}
