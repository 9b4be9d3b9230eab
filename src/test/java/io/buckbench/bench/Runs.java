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
import io.buckbench.junit.SuiteTraining;
import io.buckbench.junit.TrialBench;
import io.buckbench.preflight.Preflight;
import io.buckbench.preflight.PreflightReport;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialId;
import io.buckbench.report.Judgement;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import io.buckbench.worker.WorkerCount;
import io.buckbench.worker.WorkerProject;
import io.buckbench.worker.Workers;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  private static final GoldenStore GOLDEN = new GoldenStore(Path.of("golden"));

  private Runs() {}

  /**
   * Runs the selected trials of a suite in worker processes ({@code -Dbuckbench.workers}),
   * baselines first, and stores them in the standard store. A build runs every trial again unless
   * {@code -Dbuckbench.reuse} is {@code SAME_PROGRAM} or {@code SAME_INPUTS}.
   */
  static TrialBench trials(String suite) {
    RunStore store = RunStore.standard();
    Workers workers = workers(store, Reuse.ofBuild());
    SuiteTraining training =
        new SuiteTraining(
            listener ->
                workers.run(
                    Selection.fromProperties().referencesFirst(Project.HERE.suite(suite)),
                    listener),
            CONSOLE);
    Hypotheses hypotheses = Project.HERE.hypotheses();
    return new TrialBench(
        training::records,
        store::read,
        (run, records) -> TrialVerdicts.of(run, records, hypotheses, golden(), ANY_COMMIT));
  }

  /** Runs trials a second time and stores them in a separate store. */
  static List<RunRecord> repeat(List<Trial> trials) {
    Workers workers = workers(new RunStore(Path.of("target", "repeats")), Reuse.NOTHING);
    Set<TrialId> own = trials.stream().map(Trial::id).collect(Collectors.toSet());
    return workers.run(trials, CONSOLE).stream().filter(run -> own.contains(run.id())).toList();
  }

  private static Workers workers(RunStore store, Reuse reuse) {
    return new Workers(
        WorkerProject.of(
            Project.HERE.root(), Project.HERE.root().resolve("datasets"), Optional.empty(), store),
        WorkerCount.fromProperties(),
        reuse);
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

  /**
   * The records of a suite in the standard store. Rows that differ from the accepted ones by more
   * than chance explains are trained on fresh seeds first, in a separate store.
   */
  static SuiteBench suite(String name) {
    Hypotheses hypotheses = Project.HERE.hypotheses();
    SuiteVerdicts verdicts =
        SuiteVerdicts.of(
            DeclaredRuns.read(Project.HERE.suite(name), RunStore.standard(), ANY_COMMIT),
            hypotheses,
            golden(),
            Selection.fromProperties());
    Workers workers = workers(new RunStore(Path.of("target", "confirmation")), Reuse.SAME_PROGRAM);
    SuiteVerdicts confirmed =
        verdicts.confirmed(trials -> workers.run(trials, CONSOLE), hypotheses);
    return new SuiteBench(confirmed, judgement(name, confirmed, hypotheses));
  }

  private static Judgement judgement(String name, SuiteVerdicts verdicts, Hypotheses hypotheses) {
    Judgement fresh =
        Judgement.of(name, verdicts.findings(), hypotheses)
            .withDifferences(Project.HERE.differences(name));
    return verdicts.diff().isEmpty()
        ? fresh
        : fresh.comparedWith(
            verdicts.accepted().orElseThrow(),
            verdicts.diff().orElseThrow(),
            GOLDEN,
            verdicts.runs().records(),
            hypotheses);
  }

  /** Whether the fresh results are to be accepted, with {@code -Dgolden=accept}. */
  static boolean accepting() {
    return "accept".equals(System.getProperty("golden"));
  }

  /** The accepted results; empty if they are to be replaced. */
  private static Optional<GoldenStore> golden() {
    return accepting() ? Optional.empty() : Optional.of(GOLDEN);
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

  /** The folder of the Allure plug-in that shows the report of the suite that the build runs. */
  static Optional<Path> allureTab(String suite) {
    return Optional.ofNullable(System.getProperty("allure.plugins"))
        .filter(plugins -> suite.equals(System.getProperty(SUITE, "smoke")))
        .map(plugins -> Path.of(plugins, "buckbench"));
  }

  /** All suites with records, and the one that the build runs. */
  static List<String> suites() {
    Set<String> suites = new LinkedHashSet<>(List.of(System.getProperty(SUITE, "smoke")));
    suites.addAll(RunStore.standard().suites());
    return List.copyOf(suites);
  }
}
