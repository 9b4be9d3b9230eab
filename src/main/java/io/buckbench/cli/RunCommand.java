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
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run SUITE}: every trial of a suite into the run store, then its report. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run a suite's trials; what is in the run store already is not run again.")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SUITE", description = "a name under benchmarks/, such as smoke")
  private String suite;

  @Option(names = "--only", paramLabel = "REGEX", description = "rows whose id matches")
  private Pattern only;

  @Option(names = "--seeds", paramLabel = "N", description = "each row's first N seeds")
  private Integer seeds;

  @Option(names = "--again", description = "run trials anew whose record is there")
  private boolean again;

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Problems problems = new Problems();
    Benchmarks benchmarks = project.benchmarks(problems);
    RunStore store = project.store();
    List<RunRecord> records = new ArrayList<>();
    try (TrialRunner runner = new TrialRunner(benchmarks)) {
      Selection selection = new Selection(Optional.ofNullable(only), Optional.ofNullable(seeds));
      Suite whole = Suite.read(benchmarks.suiteFile(suite), benchmarks, problems);
      preflight(store, runner, selection.rows(whole), problems);
      problems.throwIfAny();
      StoredTrials trials =
          new StoredTrials(store, runner, again ? Reuse.NOTHING : Reuse.SAME_PROGRAM);
      for (Trial trial : selection.trials(whole)) {
        try (TrialProgress progress = new TrialProgress(out)) {
          records.addAll(trials.run(trial, progress));
        }
      }
    }
    Path report = SuiteReportFiles.write(project.root(), suite, records);
    out.println("report: " + report);
    BrokenPromises promises = new BrokenPromises(spec);
    records.forEach(record -> promises.print(record.id().toString(), record.broken()));
    return promises.exitStatus();
  }

  /** What fails is an error; what a person should know is printed before the first dollar. */
  private void preflight(RunStore store, TrialRunner runner, Suite selected, Problems problems) {
    PreflightReport report = Preflight.here(store.directory(), runner).of(selected);
    report.addTo(problems);
    for (CheckResult warning : report.with(CheckOutcome.WARNING)) {
      spec.commandLine().getErr().println("warning: " + warning.problem());
    }
  }
}
