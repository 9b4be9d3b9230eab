package io.buckbench.bench;

import io.buckbench.accepted.DeclaredRuns;
import io.buckbench.accepted.SuiteVerdicts;
import io.buckbench.accepted.TrialVerdicts;
import io.buckbench.eval.Scores;
import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.GoldenStore;
import io.buckbench.input.Problems;
import io.buckbench.junit.Project;
import io.buckbench.junit.SuiteBench;
import io.buckbench.junit.TrialBench;
import io.buckbench.preflight.Preflight;
import io.buckbench.preflight.PreflightReport;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The project's own runs: what the tests of this package work on. */
final class Runs {
  /** Names the suite that this build runs; the profile {@code gpu} sets it. */
  static final String SUITE = "buckbench.suite";

  /** Whether records that were paid for are used although the program has changed since. */
  private static final boolean ANY_COMMIT = Reuse.ofBuild() == Reuse.SAME_INPUTS;

  /** Says on the console how each trial ended; the report has the rest. */
  private static final TrialListener CONSOLE =
      new TrialListener() {
        @Override
        public void finished(Trial trial, RunRecord record, boolean fromStore) {
          System.out.println(trial + ": " + words(record) + (fromStore ? ", from the store" : ""));
        }
      };

  private Runs() {}

  /**
   * Runs trials into the standard store. A build runs every trial anew unless {@code
   * -Dbuckbench.reuse=SAME_PROGRAM} or {@code SAME_INPUTS} says otherwise.
   */
  static TrialBench trials() {
    RunStore store = RunStore.standard();
    StoredTrials trials =
        new StoredTrials(store, new TrialRunner(Project.HERE.benchmarks()), Reuse.ofBuild());
    Hypotheses hypotheses = Project.HERE.hypotheses();
    return new TrialBench(
        trial -> trials.run(trial, CONSOLE),
        store::read,
        (run, suite) -> TrialVerdicts.of(run, suite, hypotheses, golden(), ANY_COMMIT));
  }

  /** Runs trials once more, into a store of their own. */
  static List<RunRecord> repeat(List<Trial> trials) {
    RunStore second = new RunStore(Path.of("target", "repeats"));
    try (TrialRunner runner = new TrialRunner(Project.HERE.benchmarks())) {
      StoredTrials again = new StoredTrials(second, runner, Reuse.NOTHING);
      // A trial's own record comes behind those of the smaller budgets that it served.
      return trials.stream()
          .map(trial -> again.run(trial, CONSOLE))
          .map(records -> records.get(records.size() - 1))
          .toList();
    }
  }

  private static String words(RunRecord record) {
    String answers =
        record.predictions().isEmpty()
            ? "no answers"
            : String.format(
                Locale.ROOT, "accuracy %.2f %%", 100 * Scores.of(record.predictions()).accuracy());
    return record.status()
        + ", "
        + record.steps().size()
        + " steps, "
        + answers
        + ", $"
        + record.cost().spentUsd().toPlainString();
  }

  /** What the standard store holds of a suite. */
  static SuiteBench suite(String name) {
    return new SuiteBench(
        SuiteVerdicts.of(
            DeclaredRuns.read(Project.HERE.suite(name), RunStore.standard(), ANY_COMMIT),
            Project.HERE.hypotheses(),
            golden(),
            Selection.fromProperties()));
  }

  /** Whether {@code -Dgolden=accept} asks that the fresh results become the accepted ones. */
  static boolean accepting() {
    return "accept".equals(System.getProperty("golden"));
  }

  /** The accepted results; empty where they are to be replaced and bind nothing. */
  private static Optional<GoldenStore> golden() {
    return accepting() ? Optional.empty() : Optional.of(new GoldenStore(Path.of("golden")));
  }

  /**
   * Makes sure that this machine can run a suite, before a trial of it is paid for.
   *
   * @throws io.buckbench.input.InvalidInputException with every check that failed
   */
  static void preflight(String suite) {
    Problems problems = new Problems();
    try (TrialRunner runner = new TrialRunner(Project.HERE.benchmarks())) {
      PreflightReport report =
          Preflight.here(RunStore.standard().directory(), runner).of(Project.HERE.suite(suite));
      System.out.print(report.table());
      report.addTo(problems);
    }
    problems.throwIfAny();
  }

  /** Every suite with records, and the one that this build runs. */
  static List<String> suites() {
    Set<String> suites = new LinkedHashSet<>(List.of(System.getProperty(SUITE, "smoke")));
    suites.addAll(RunStore.standard().suites());
    return List.copyOf(suites);
  }
}
