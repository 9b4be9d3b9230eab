package io.buckbench.rehearsal;

import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * A suite's whole path on this machine, on random weights of the true shapes: load, tokenize the
 * real data, train each row a few steps, generate, evaluate, judge, report. It is a project of its
 * own below one folder, with its own declarations, models, records and report. Run again, it goes
 * on: models that are there and whole are not written, trials with a record are not run.
 */
public final class Rehearsal {
  /** Stands in every declaration, record and title of a rehearsal. */
  public static final String NOTICE = "rehearsal on random weights: no number here is a result";

  private static final String ENDING = "-rehearsal";

  private final RehearsalOptions options;
  private final Suite whole;
  private final Suite chosen;
  private final RehearsalProject project;
  private final RehearsalCheck check;

  /**
   * @param options how
   * @param declared what the suite's rows refer to
   * @param suite the whole of it
   * @throws InvalidInputException if no row is chosen
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

  /** What a suite's rehearsal is called. */
  public static String name(String suite) {
    return suite + ENDING;
  }

  static boolean isRehearsal(String suite) {
    return suite.endsWith(ENDING);
  }

  /** A suite's name for a title: that of a rehearsal with the {@link #NOTICE}. */
  public static String title(String suite) {
    return isRehearsal(suite) ? suite + " (" + NOTICE + ")" : suite;
  }

  /**
   * Makes sure that the rehearsal can be written and run; nothing is written yet.
   *
   * @throws InvalidInputException with everything that is wrong
   */
  public void check() {
    check.check();
  }

  /**
   * Writes the declarations, and the models that are not there yet.
   *
   * @param progress told of each model
   */
  public void write(Consumer<String> progress) {
    project.write(whole);
    try {
      for (RandomModel model : project.models(chosen)) {
        if (model.exists()) {
          progress.accept("there and whole: " + model.directory());
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
   * Runs the trials that have no record yet.
   *
   * @param listener told how they go on
   * @return what each left, in the suite's order; its report is still to be written
   */
  public List<RehearsedRow> run(TrialListener listener) {
    Problems problems = new Problems();
    Benchmarks random = Benchmarks.read(options.out(), options.datasets(), problems);
    Suite rows = Suite.read(project.suiteFile(whole), random, problems).only(options.only());
    RowPeaks peaks = new RowPeaks(options.out().resolve("peak-memory.csv"), listener);
    List<RehearsedRow> rehearsed = new ArrayList<>();
    try (TrialRunner runner = new TrialRunner(random)) {
      runner.check(rows, problems);
      problems.throwIfAny();
      StoredTrials trials = new StoredTrials(project.store(), runner, Reuse.SAME_PROGRAM);
      for (Trial trial : rows.trials()) {
        trials.run(trial, peaks);
        for (Trial recorded : trial.recorded()) {
          rehearsed.add(RehearsedRow.read(recorded, project.store(), peaks.bytes(recorded)));
        }
      }
    }
    return rehearsed;
  }
}
