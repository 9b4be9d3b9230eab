package io.buckbench.bench;

import io.buckbench.accepted.AcceptedCommit;
import io.buckbench.accepted.DeclaredRuns;
import io.buckbench.accepted.StoredRuns;
import io.buckbench.accepted.SuiteVerdicts;
import io.buckbench.eval.Scores;
import io.buckbench.files.WorkTree;
import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.GoldenStore;
import io.buckbench.history.History;
import io.buckbench.input.Problems;
import io.buckbench.junit.Project;
import io.buckbench.junit.ReportFiles;
import io.buckbench.junit.ReportPlace;
import io.buckbench.junit.RowBench;
import io.buckbench.junit.SuiteBench;
import io.buckbench.junit.SuiteTraining;
import io.buckbench.junit.TrialPages;
import io.buckbench.preflight.Preflight;
import io.buckbench.preflight.PreflightReport;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialId;
import io.buckbench.repeat.Repetition;
import io.buckbench.report.Judgement;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import io.buckbench.worker.WorkerCount;
import io.buckbench.worker.WorkerProject;
import io.buckbench.worker.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The runs of this project, which the tests of this package create and check. */
final class Runs {
  /** The system property with the suite that the build runs; the profile {@code gpu} sets it. */
  static final String SUITE = "buckbench.suite";

  /** The system property that keeps the numbers of a run. */
  private static final String HISTORY = "buckbench.history";

  private static final Path GOLDEN = Project.HERE.folders().golden();

  /** What is judged without training; empty if the build trains. */
  private static final Optional<JudgedStore> JUDGED = JudgedStore.ofBuild();

  /**
   * Whether records of several commits are used together: trials that cost money, and those of
   * other machines. The latter are accepted only if they are of one commit.
   */
  private static final boolean ANY_COMMIT =
      Reuse.fromProperties(Reuse.NOTHING) == Reuse.SAME_INPUTS || JUDGED.isPresent() && !accepting();

  /** Prints a summary of each trial to the console. */
  private static final TrialListener CONSOLE =
      new TrialListener() {
        @Override
        public void finished(Trial trial, RunRecord record, boolean fromStore) {
          System.out.println(trial + ": " + words(record) + (fromStore ? ", from the store" : ""));
        }
      };

  private Runs() {}

  /** The suite that the build runs. */
  private static Suite declared() {
    return Project.HERE.suite(System.getProperty(SUITE, "smoke"));
  }

  /**
   * Names the Allure report and its build.
   *
   * @param order of a build outside of a CI, from 1
   */
  static void beginReport(String about, long order) {
    String commit = new WorkTree(Project.HERE.root()).commit().orElse("unknown commit");
    ReportFiles.standard().begin("BuckBench, " + about, commit, order);
  }

  /**
   * Trains the selected trials of the suite in worker processes ({@code -Dbuckbench.workers}),
   * baselines first, stores them in the standard store, and reports its rows. A build runs every
   * trial again unless {@code -Dbuckbench.reuse} is {@code SAME_PROGRAM} or {@code SAME_INPUTS}.
   * With {@code -Dbuckbench.judge=STORE} nothing is trained.
   */
  static RowBench rows() {
    Suite suite = declared();
    beginReport("suite " + suite.name(), History.of(GOLDEN, suite.name()).runs().size() + 1);
    List<Trial> selected = Selection.fromProperties().referencesFirst(suite);
    TrialPages pages =
        new TrialPages(
            suite, selected, new Questions(), place(suite).base(), TrialPages.standard());
    SuiteTraining training =
        new SuiteTraining(
            listener -> {
              if (JUDGED.isPresent()) {
                JUDGED.get().read(suite, selected, ANY_COMMIT, listener);
              } else {
                preflight();
                workers(store(), Reuse.fromProperties(Reuse.NOTHING)).run(selected, listener);
              }
            },
            new TrialListener() {
              @Override
              public void finished(Trial trial, RunRecord record, boolean fromStore) {
                CONSOLE.finished(trial, record, fromStore);
                pages.finished(trial, record, fromStore);
              }
            });
    return new RowBench(
        suite,
        selected,
        training,
        pages,
        Project.HERE.hypotheses().statements(suite.name()),
        () -> verdicts(suite));
  }

  /**
   * Runs trials again, stores them in a separate store, and prints the comparisons. If trials of
   * other machines are judged, their second runs are read too.
   */
  static List<RunRecord> repeat(List<Trial> trials) {
    if (JUDGED.isPresent()) {
      return JUDGED.get().repeats(trials);
    }
    RunStore again = new RunStore(Path.of("target", "repeats"));
    Workers workers = workers(again, Reuse.NOTHING);
    Set<TrialId> own = trials.stream().map(Trial::id).collect(Collectors.toSet());
    List<RunRecord> repeats =
        workers.run(trials, CONSOLE).stream().filter(run -> own.contains(run.id())).toList();
    repeats.forEach(
        run ->
            System.out.println(
                "repeated "
                    + Repetition.of(run.id(), store(), again).words()
                    + ", "
                    + run.cost().words()));
    return repeats;
  }

  /** The records to judge: of other machines, or of the project that the suite belongs to. */
  private static RunStore store() {
    return JUDGED.map(JudgedStore::store).orElseGet(Project.HERE.folders()::store);
  }

  private static Workers workers(RunStore store, Reuse reuse) {
    return new Workers(
        WorkerProject.of(Project.HERE.folders(), System.getProperty(SUITE, "smoke"), store),
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
   * The verdicts on the records in the store. Rows that differ from the accepted ones by more than
   * chance explains are trained on fresh seeds first, in a separate store, also by the accepted
   * commit if it can be had. A build that does not train leaves them suspected.
   */
  private static SuiteVerdicts verdicts(Suite suite) {
    StoredRuns.requireSameData(suite, store(), Project.HERE.benchmarks().dataSets());
    Hypotheses hypotheses = Project.HERE.hypotheses();
    SuiteVerdicts verdicts =
        SuiteVerdicts.of(
            DeclaredRuns.read(suite, store(), ANY_COMMIT),
            hypotheses,
            golden(),
            Selection.fromProperties());
    if (JUDGED.isPresent()) {
      return verdicts;
    }
    Workers workers = workers(new RunStore(Path.of("target", "confirmation")), Reuse.SAME_PROGRAM);
    return verdicts.confirmed(
        trials -> workers.run(trials, CONSOLE),
        AcceptedCommit.ofBuild(Project.HERE.root()),
        hypotheses);
  }

  /** What was found on the whole suite. */
  static SuiteBench suite() {
    Suite suite = declared();
    SuiteVerdicts verdicts = verdicts(suite);
    return new SuiteBench(verdicts, judgement(verdicts, suite), History.of(GOLDEN, suite.name()));
  }

  private static Judgement judgement(SuiteVerdicts verdicts, Suite suite) {
    Hypotheses hypotheses = Project.HERE.hypotheses();
    Judgement fresh =
        Judgement.of(suite.name(), verdicts.findings(), hypotheses)
            .withDifferences(Project.HERE.differences(suite));
    return verdicts.diff().isEmpty()
        ? fresh
        : fresh.comparedWith(
            verdicts.accepted().orElseThrow(),
            verdicts.diff().orElseThrow(),
            new GoldenStore(GOLDEN),
            verdicts.runs().records(),
            hypotheses);
  }

  /**
   * Adds a run to the history of its suite with {@code -Dbuckbench.history}. An accept does so
   * anyway, and a run without some of its trials is not kept.
   */
  static void keep(SuiteBench bench) {
    boolean asked = !"false".equals(System.getProperty(HISTORY, "false"));
    if (asked && !accepting()) {
      System.out.println(
          HISTORY + ": " + (bench.keep() ? "this run was added" : "nothing was added"));
    }
  }

  /** Whether the fresh results are to be accepted, with {@code -Dgolden=accept}. */
  static boolean accepting() {
    return "accept".equals(System.getProperty("golden"));
  }

  /** The accepted results; empty if they are to be replaced. */
  private static Optional<GoldenStore> golden() {
    return accepting() ? Optional.empty() : Optional.of(new GoldenStore(GOLDEN));
  }

  /**
   * Checks that this machine can run the suite.
   *
   * @throws io.buckbench.input.InvalidInputException with all failed checks
   */
  static void preflight() {
    Problems problems = new Problems();
    try (TrialRunner runner = new TrialRunner(Project.HERE.benchmarks())) {
      PreflightReport report =
          Preflight.here(
                  store().directory(), runner, declared(), Boolean.getBoolean("buckbench.anyway"))
              .of(declared());
      System.out.print(report.table());
      report.addTo(problems);
    }
    problems.throwIfAny();
  }

  /** Where the report on a suite is written. */
  static ReportPlace place(Suite suite) {
    return ReportPlace.ofBuild(
        Project.HERE.folders().report(suite.name(), Selection.fromProperties().partial()));
  }
}
