package io.buckbench.cli;

import io.buckbench.input.Problems;
import io.buckbench.preflight.CheckOutcome;
import io.buckbench.preflight.CheckResult;
import io.buckbench.preflight.Preflight;
import io.buckbench.preflight.PreflightReport;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Shard;
import io.buckbench.suite.Suite;
import io.buckbench.suite.SuitePlan;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialRunner;
import io.buckbench.worker.WorkerCount;
import io.buckbench.worker.WorkerStartException;
import io.buckbench.worker.Workers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run SUITE}: runs the trials of a suite, stores their records and writes the report. */
@Command(
    name = "run",
    description = "Run the trials of a suite that have no record, and write the report.")
final class RunCommand extends SuiteCommand {
  @Option(names = "--only", paramLabel = "REGEX", description = "only ids that match")
  private Pattern only;

  @Option(names = "--seeds", paramLabel = "N", description = "only the first N seeds")
  private Integer seeds;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "only the share I of N shares of equal planned time, the same on every machine; N may be"
              + " the number of trials")
  private String shard;

  @Option(names = "--again", description = "also run trials that have a record")
  private boolean again;

  @Mixin private WorkerOptions workers;

  @Override
  @SuppressWarnings("try") // a signal is handled until the report is written
  public Integer call() {
    WorkerCount count = workers.count();
    Problems problems = new Problems();
    Benchmarks benchmarks = project.benchmarks(problems);
    RunStore store = RunStore.standard();
    Selection selection = new Selection(Optional.ofNullable(only), Optional.ofNullable(seeds));
    Suite whole = Suite.read(benchmarks.suiteFile(suite), benchmarks, problems);
    try (TrialRunner runner = new TrialRunner(benchmarks)) {
      preflight(store, runner, selection.rows(whole), problems);
    }
    problems.throwIfAny();
    Reuse reuse = again ? Reuse.NOTHING : Reuse.SAME_PROGRAM;
    Workers suiteWorkers = new Workers(project.workerProject(store), count, reuse);
    List<Trial> trials = share(selection.trials(whole), whole, benchmarks);
    try (StopOnSignal stop = new StopOnSignal(suiteWorkers::stop);
        TrialProgress progress = new TrialProgress(out())) {
      List<RunRecord> records;
      try {
        records = suiteWorkers.run(trials, progress);
      } catch (WorkerStartException e) {
        writeReport(progress.records());
        throw e;
      }
      writeReport(records);
    }
    return exitStatus();
  }

  private void writeReport(List<RunRecord> records) {
    // Even without a report the user must see which promises were broken.
    reportBroken(records);
    if (!records.isEmpty()) {
      new SuiteReportFiles(project.root()).write(suite, records).forEach(out()::println);
    }
  }

  private List<Trial> share(List<Trial> trials, Suite whole, Benchmarks benchmarks) {
    return shard == null
        ? trials
        : Shard.parse(shard).of(trials, SuitePlan.of(whole, benchmarks.throughputs()));
  }

  /** Adds failed checks to the problems and prints warnings. */
  private void preflight(RunStore store, TrialRunner runner, Suite selected, Problems problems) {
    PreflightReport report = Preflight.here(store.directory(), runner).of(selected);
    report.addTo(problems);
    for (CheckResult warning : report.with(CheckOutcome.WARNING)) {
      err().println("warning: " + warning.problem());
    }
  }
}
