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

/** The runs of this project, which the tests of this package create and check. */
final class Runs {
  /** The system property with the suite that the build runs; the profile {@code gpu} sets it. */
  static final String SUITE = "buckbench.suite";

  /** Whether records made before changes to the program are used. */
  private static final boolean ANY_COMMIT = Reuse.ofBuild() == Reuse.SAME_INPUTS;

  /** Prints a summary of each trial to the console. */
  private static final TrialListener CONSOLE =
      new TrialListener() {
        @Override
        public void finished(Trial trial, RunRecord record, boolean fromStore) {
          System.out.println(trial + ": " + words(record) + (fromStore ? ", from the store" : ""));
        }
      };

  private Runs() {}

  /**
   * Runs trials and stores them in the standard store. A build runs every trial again unless {@code
   * -Dbuckbench.reuse} is {@code SAME_PROGRAM} or {@code SAME_INPUTS}.
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

  /** Runs trials a second time and stores them in a separate store. */
  static List<RunRecord> repeat(List<Trial> trials) {
    RunStore second = new RunStore(Path.of("target", "repeats"));
    try (TrialRunner runner = new TrialRunner(Project.HERE.benchmarks())) {
      StoredTrials again = new StoredTrials(second, runner, Reuse.NOTHING);
      // The record of the trial itself is after those of its milestones.
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
        + ", "
        + record.cost().words();
  }

  /** The records of a suite in the standard store. */
  static SuiteBench suite(String name) {
    return new SuiteBench(
        SuiteVerdicts.of(
            DeclaredRuns.read(Project.HERE.suite(name), RunStore.standard(), ANY_COMMIT),
            Project.HERE.hypotheses(),
            golden(),
            Selection.fromProperties()),
        Project.HERE.differences(name));
  }

  /** Whether the fresh results are to be accepted, with {@code -Dgolden=accept}. */
  static boolean accepting() {
    return "accept".equals(System.getProperty("golden"));
  }

  /** The accepted results; empty if they are to be replaced. */
  private static Optional<GoldenStore> golden() {
    return accepting() ? Optional.empty() : Optional.of(new GoldenStore(Path.of("golden")));
  }

  /**
   * Checks that this machine can run a suite.
   *
   * @throws io.buckbench.input.InvalidInputException with all failed checks
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

  /** All suites with records, and the one that the build runs. */
  static List<String> suites() {
    Set<String> suites = new LinkedHashSet<>(List.of(System.getProperty(SUITE, "smoke")));
    suites.addAll(RunStore.standard().suites());
    return List.copyOf(suites);
  }
}
