package io.buckbench.cli;

import io.buckbench.budget.SpeedOrigin;
import io.buckbench.budget.Throughput;
import io.buckbench.budget.ThroughputFile;
import io.buckbench.calibration.Calibration;
import io.buckbench.calibration.Round;
import io.buckbench.calibration.Speed;
import io.buckbench.calibration.SpeedKind;
import io.buckbench.preflight.TrialsAtOnce;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Project;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.worker.BackgroundLoad;
import io.buckbench.worker.WorkerProject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code calibrate SUITE}: measures training speeds on this machine, as rows of throughput.csv. */
@Command(
    name = "calibrate",
    description = {
      "Measure how fast a suite trains on this machine.",
      "Prints rows of benchmarks/throughput.csv, or with --write adds them to it. Configurations of"
          + " the same speed are measured once, all of them in turns, in several rounds. Those that"
          + " break a promise get no row, and the exit status is 1. With several workers, as many"
          + " processes less one run the suite's trials at the same time."
    })
@SuppressWarnings("try") // the load is used only for its close()
final class CalibrateCommand extends SuiteCommand {
  @Mixin private RowOption rows;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "rounds, in each of which every row is measured; default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "5",
      description = "steps before the measurement of a round; default: ${DEFAULT-VALUE}")
  private int warmup;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "30",
      description = "maximum number of measured steps in a round; default: ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "600",
      description =
          "time after which no further step of a round is measured; default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--test-batches",
      paramLabel = "N",
      defaultValue = "2",
      description = "batches of test items to answer in a round; default: ${DEFAULT-VALUE}")
  private int testBatches;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "the device as named on price cards, such as V100; default: the processor")
  private String device;

  @Option(
      names = "--id-prefix",
      paramLabel = "TEXT",
      description = "prefix of the new ids; default: today's date")
  private String idPrefix;

  @Option(
      names = "--supersedes",
      description = "each new row supersedes the one that the suite names now")
  private boolean supersedes;

  @Mixin private WorkerOptions workers;

  @ArgGroup private Destination destination = new Destination();

  private static final class Destination {
    @Option(names = "--write", description = "add the rows to benchmarks/throughput.csv")
    private boolean write;

    @Option(names = "--out", paramLabel = "FILE", description = "write the rows to a new file")
    private Path out;
  }

  @Override
  public Integer call() {
    Calibration.Extent extent = new Calibration.Extent(rounds, warmup, steps, seconds, testBatches);
    Project project = project();
    Project.Declared declared = project.declared(suite);
    Benchmarks benchmarks = declared.benchmarks();
    Selection selection = rows.selection();
    Suite selected = selection.rows(declared.suite());
    if (selection.partial()) {
      err().println("selected: " + selection.words(declared.suite()));
    }
    Instant start = Clock.systemUTC().instant();
    String today = LocalDate.ofInstant(start, ZoneOffset.UTC).toString();
    String prefix = idPrefix == null ? today : idPrefix;
    List<SpeedKind> kinds = SpeedKind.of(selected);
    Path file = project.declaration("throughput.csv");
    ThroughputFile.requireNew(
        file, benchmarks.throughputs(), kinds.stream().map(k -> id(prefix, k)).toList());
    if (destination.out != null) {
      ThroughputFile.requireFree(destination.out);
    }
    Calibration calibration = new Calibration(benchmarks, extent);
    calibration.check(selected);
    List<Trial> trials = selected.trials();
    int processes = workers.count().of(trials, TrialsAtOnce.here());
    Map<SpeedKind, Speed> speeds;
    try (BackgroundLoad others =
        BackgroundLoad.start(
            WorkerProject.of(project, suite, project.store()), trials, processes - 1)) {
      speeds = calibration.rounds(kinds, (kind, round) -> measure(calibration, kind, round));
    }
    List<Throughput> measured = new ArrayList<>();
    speeds.forEach(
        (kind, speed) -> {
          // To standard error, since standard output is a CSV file.
          if (speed.broken().isEmpty()) {
            err().println(kind.label() + ": " + speed.spread());
            SpeedOrigin origin = Calibration.origin(kind, start, processes);
            err().println(origin);
            measured.add(throughput(speed, id(prefix, kind), origin, kind));
          } else {
            reportBroken("calibrate " + suite + ", " + kind.label(), speed.broken());
          }
        });
    deliver(file, measured);
    return exitStatus();
  }

  private Throughput throughput(Speed speed, String id, SpeedOrigin origin, SpeedKind kind) {
    return speed.throughput(
        id,
        origin,
        device == null ? origin.machine() : device,
        kind,
        "after %d of warm-up in each round; row %s of %s; %s"
            .formatted(warmup, kind.rows().get(0).id(), suite, Calibration.precision(kind)),
        supersedes ? kind.recorded() : "");
  }

  private static String id(String prefix, SpeedKind kind) {
    return prefix + "-" + kind.label();
  }

  private Round measure(Calibration calibration, SpeedKind kind, int round) {
    String task = "round " + round + " of " + rounds + ", " + kind.label();
    try (TrainingProgressBar progress = new TrainingProgressBar(task, (long) warmup + steps)) {
      return calibration.round(kind, round, progress);
    }
  }

  private void deliver(Path file, List<Throughput> rows) {
    if (destination.write) {
      ThroughputFile.append(file, rows);
      err().println("added " + rows.size() + " rows to " + file);
    } else if (destination.out != null) {
      ThroughputFile.create(destination.out, rows);
      err().println("wrote " + destination.out);
    } else {
      out().print(ThroughputFile.text(rows));
      out().flush();
    }
  }
}
