package io.buckbench.rehearsal;

import io.buckbench.experiment.Benchmarks;
import io.buckbench.experiment.Experiment;
import io.buckbench.experiment.Method;
import io.buckbench.experiment.ModelEntry;
import io.buckbench.experiment.RunStore;
import io.buckbench.experiment.StoredTrials;
import io.buckbench.experiment.StoredTrials.Reuse;
import io.buckbench.experiment.Suite;
import io.buckbench.experiment.Trial;
import io.buckbench.experiment.TrialListener;
import io.buckbench.experiment.TrialRunner;
import io.buckbench.model.OptConfig;
import io.buckbench.table.InvalidInputException;
import io.buckbench.table.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  private static final String DECLARATIONS = "benchmarks";

  private final RehearsalOptions options;
  private final Benchmarks declared;
  private final Suite suite;
  private final RehearsalProject project;
  private final ToLongFunction<Path> freeBytes;

  /**
   * @param options how
   * @param declared what the suite's rows refer to
   * @param suite the whole of it
   */
  public Rehearsal(RehearsalOptions options, Benchmarks declared, Suite suite) {
    this(options, declared, suite, Rehearsal::usableBytes);
  }

  Rehearsal(
      RehearsalOptions options, Benchmarks declared, Suite suite, ToLongFunction<Path> freeBytes) {
    this.options = options;
    this.declared = declared;
    this.suite = suite;
    this.project = new RehearsalProject(declared, options);
    this.freeBytes = freeBytes;
  }

  /** What a suite's rehearsal is called. */
  public static String name(String suite) {
    return suite + ENDING;
  }

  /** A suite's name for a title: that of a rehearsal with the {@link #NOTICE}. */
  public static String title(String suite) {
    return suite.endsWith(ENDING) ? suite + " (" + NOTICE + ")" : suite;
  }

  /** Where the records are. */
  public RunStore store() {
    return new RunStore(options.out().resolve("target").resolve("runs"));
  }

  /**
   * Makes sure that the rehearsal can be written and run; nothing is written yet.
   *
   * @param only rows whose id matches
   * @throws InvalidInputException with everything that is wrong
   */
  public void check(Pattern only) {
    Problems problems = new Problems();
    options.check(problems);
    List<Experiment> rows = suite.only(only).experiments();
    if (suite.name().endsWith(ENDING)) {
      problems.add(suite.name(), "a rehearsal", "a suite that is none", "name the suite itself");
    }
    checkOut(problems);
    rows.stream().map(Experiment::data).distinct().forEach(data -> checkData(data, problems));
    List<RandomModel> models = models(rows);
    models.forEach(model -> model.check(problems));
    problems.throwIfAny();
    checkRoom(rows, models, problems);
    problems.throwIfAny();
  }

  /** A folder of declarations that no rehearsal wrote would be overwritten. */
  private void checkOut(Problems problems) {
    Path out = options.out();
    Path ours = out.resolve(DECLARATIONS).resolve(name(suite.name()) + ".csv");
    if (Files.exists(out) && !Files.isDirectory(out)) {
      problems.add(out.toString(), "a file", "a folder, or nothing yet", "name another --out");
    } else if (!Files.exists(ours) && !isEmpty(out)) {
      problems.add(
          out.toString(),
          "a folder that this rehearsal did not write, perhaps with a real model or project",
          "a new or empty folder, or that of an earlier rehearsal of " + suite.name(),
          "name another --out");
    }
  }

  private static boolean isEmpty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  private void checkData(String data, Problems problems) {
    try {
      declared.dataSets().read(data);
    } catch (InvalidInputException e) {
      problems.addAll(e);
    }
  }

  private void checkRoom(List<Experiment> rows, List<RandomModel> models, Problems problems) {
    long needed =
        models.stream().filter(model -> !model.exists()).mapToLong(RandomModel::bytes).sum();
    for (Experiment row : rows) {
      if (row.method().trains() && !Files.exists(store().directory(trial(row)))) {
        OptConfig shape = random(row.model().orElseThrow()).config();
        needed += adapterBytes(row.method(), shape);
      }
    }
    long free = freeBytes.applyAsLong(options.out());
    if (free < needed) {
      problems.add(
          options.out().toString(),
          megabytes(free) + " free on its disk",
          megabytes(needed) + " for models and adapters",
          "free the room, or name another --out");
    }
  }

  private Trial trial(Experiment row) {
    return new Trial(name(suite.name()), row, options.seed());
  }

  private static long adapterBytes(Method method, OptConfig shape) {
    return method.config().orElseThrow().savedShapes(shape).values().stream()
        .mapToLong(axes -> Float.BYTES * Arrays.stream(axes).reduce(1, Math::multiplyExact))
        .sum();
  }

  private static String megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000 + " MB";
  }

  private static long usableBytes(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(there.toString(), e);
    }
  }

  private List<RandomModel> models(List<Experiment> rows) {
    Map<String, RandomModel> models = new LinkedHashMap<>();
    for (Experiment row : rows) {
      row.model().ifPresent(model -> models.put(model.id(), random(model)));
    }
    return List.copyOf(models.values());
  }

  private RandomModel random(ModelEntry model) {
    return new RandomModel(
        project.model(model.id()),
        declared.directory().resolve("shapes").resolve(model.id()),
        options.tokenizer(),
        options.seed());
  }

  /**
   * Writes the declarations, and the models that are not there yet.
   *
   * @param progress told of each model
   */
  public void write(Pattern only, Consumer<String> progress) {
    project.write(suite);
    try {
      for (RandomModel model : models(suite.only(only).experiments())) {
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
  public List<RehearsedRow> run(Pattern only, TrialListener listener) {
    Problems problems = new Problems();
    Benchmarks random = Benchmarks.read(options.out(), options.datasets(), problems);
    Suite rows = Suite.read(random.suiteFile(name(suite.name())), random, problems).only(only);
    RunStore store = store();
    RowPeaks peaks = new RowPeaks(options.out().resolve("peak-memory.csv"), listener);
    List<RehearsedRow> rehearsed = new ArrayList<>();
    try (TrialRunner runner = new TrialRunner(random)) {
      runner.check(rows, problems);
      problems.throwIfAny();
      StoredTrials trials = new StoredTrials(store, runner, Reuse.SAME_PROGRAM);
      for (Trial trial : rows.trials()) {
        trials.run(trial, peaks);
        rehearsed.add(RehearsedRow.read(trial, store, peaks.bytes(trial)));
      }
    }
    return rehearsed;
  }
}
