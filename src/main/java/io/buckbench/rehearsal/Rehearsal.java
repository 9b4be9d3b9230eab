package io.buckbench.rehearsal;

import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Project;
import io.buckbench.suite.Suite;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import io.buckbench.worker.WorkerCount;
import io.buckbench.worker.WorkerProject;
import io.buckbench.worker.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Runs a suite completely on this machine, with random weights of the true shapes: load, tokenize
 * the real data, train each configuration for a few steps, generate, evaluate, judge, report. A
 * rehearsal is a separate project in one directory, with declarations, models, records and report.
 * It can be continued: complete models are not written again, trials with a record are not run.
 */
public final class Rehearsal {
  /** Part of every declaration, record and title of a rehearsal. */
  public static final String NOTICE = "rehearsal on random weights: no number here is a result";

  private static final String ENDING = "-rehearsal";

  private final RehearsalOptions options;
  private final Suite whole;
  private final Suite chosen;
  private final RehearsalProject project;
  private final RehearsalCheck check;

  /**
   * Creates a rehearsal.
   *
   * @param options its settings
   * @param declared the declarations that the suite refers to
   * @param suite the complete suite
   * @throws InvalidInputException if no configuration is selected
   */
  public Rehearsal(RehearsalOptions options, Benchmarks declared, Suite suite) {
    this(options, declared, suite, Folders::usableBytes);
  }

  Rehearsal(
      RehearsalOptions options, Benchmarks declared, Suite suite, ToLongFunction<Path> freeBytes) {
    this.options = options;
    this.whole = suite;
    this.chosen = suite.only(options.only());
    this.project = new RehearsalProject(declared, options);
    this.check = new RehearsalCheck(project, chosen, freeBytes);
  }

  /** The name of a suite's rehearsal. */
  public static String name(String suite) {
    return suite + ENDING;
  }

  static boolean isRehearsal(String suite) {
    return suite.endsWith(ENDING);
  }

  /** A suite's name in titles, with the {@link #NOTICE} if it is a rehearsal. */
  public static String title(String suite) {
    return isRehearsal(suite) ? suite + " (" + NOTICE + ")" : suite;
  }

  /**
   * The rows that are not trained, since an earlier row differs from them only in the price card: a
   * rehearsal takes the same steps for any price.
   *
   * @return the id of each such row, and the id of the row that is trained
   */
  public Map<String, String> sameTraining() {
    Map<Map<String, String>, String> trained = new HashMap<>();
    Map<String, String> same = new LinkedHashMap<>();
    for (Configuration row : chosen.configurations()) {
      Map<String, String> settings = new HashMap<>(row.declared().settings());
      settings.remove("price_card");
      String earlier = trained.putIfAbsent(settings, row.id());
      if (earlier != null && row.method().trains()) {
        same.put(row.id(), earlier);
      }
    }
    return same;
  }

  /**
   * Checks that the rehearsal can be written and run. Nothing is written.
   *
   * @throws InvalidInputException with all problems
   */
  public void check() {
    check.check();
  }

  /**
   * Writes the declarations, and the models that do not exist.
   *
   * @param progress is notified of each model
   */
  public void write(Consumer<String> progress) {
    project.write(whole);
    try {
      for (RandomModel model : project.models(chosen)) {
        if (model.exists()) {
          progress.accept("already complete: " + model.directory());
        } else {
          model.write();
          progress.accept("wrote " + model.directory());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(options.out().toString(), e);
    }
  }

  /**
   * Runs the trials that have no record, without those of {@link #sameTraining}.
   *
   * @param workers number of processes that run trials at the same time
   * @param listener is notified of the progress
   * @return the results, in suite order; the report is not yet written
   */
  public List<RehearsedTrial> run(WorkerCount workers, TrialListener listener) {
    Problems problems = new Problems();
    Project folders = new Project(options.out(), options.datasets(), Optional.empty());
    Benchmarks random = folders.benchmarks(problems);
    Suite rows = trained(Suite.read(project.suiteFile(whole), random, problems));
    TrialPeaks peaks = new TrialPeaks(options.out().resolve("peak-memory.csv"), listener);
    RunStore store = project.store();
    try (TrialRunner runner = new TrialRunner(random)) {
      runner.check(rows, problems);
    }
    problems.throwIfAny();
    WorkerProject all = WorkerProject.of(folders, rows.name(), store);
    new Workers(all, workers, Reuse.SAME_PROGRAM).run(rows.trials(), peaks);
    return rows.recorded().stream()
        .map(
            trial ->
                new RehearsedTrial(
                    trial,
                    store.find(trial.id()).orElseThrow(),
                    store.directory(trial.id()),
                    peaks.bytes(trial)))
        .toList();
  }

  private Suite trained(Suite rows) {
    Set<String> same = sameTraining().keySet();
    return new Suite(
        rows.name(),
        rows.only(options.only()).configurations().stream()
            .filter(row -> !same.contains(row.id()))
            .toList());
  }
}
