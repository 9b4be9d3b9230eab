package io.buckbench.cli;

import io.buckbench.budget.Throughput;
import io.buckbench.budget.ThroughputFile;
import io.buckbench.calibration.Calibration;
import io.buckbench.calibration.Speed;
import io.buckbench.calibration.SpeedKind;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Suite;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code calibrate SUITE}: how fast its rows go here, as rows of throughput.csv. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = {
      "Measure how fast a suite's trained rows go on this machine; rows that go equally fast are",
      "measured once. Prints rows of benchmarks/throughput.csv, or with --write adds them to it.",
      "A kind that breaks a promise gets no row, and the exit status is 1."
    })
final class CalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SUITE", description = "a name under benchmarks/, such as smoke")
  private String suite;

  @Option(names = "--only", paramLabel = "REGEX", description = "rows whose id matches")
  private Pattern only;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "5",
      description = "steps before the first that counts; default: ${DEFAULT-VALUE}")
  private int warmup;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "30",
      description = "steps that count, at most; default: ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "600",
      description = "after which no further step of a kind is begun; default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--test-batches",
      paramLabel = "N",
      defaultValue = "2",
      description = "batches of test rows to answer; default: ${DEFAULT-VALUE}")
  private int testBatches;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "what price cards call this machine, such as V100; default: its processor")
  private String device;

  @Option(
      names = "--id-prefix",
      paramLabel = "TEXT",
      description = "the new ids' beginning; default: today's date")
  private String idPrefix;

  @Option(
      names = "--supersedes",
      description = "each new row supersedes the one that its suite's rows name now")
  private boolean supersedes;

  @ArgGroup private Destination destination = new Destination();

  private static final class Destination {
    @Option(names = "--write", description = "add the rows to benchmarks/throughput.csv")
    private boolean write;

    @Option(names = "--out", paramLabel = "FILE", description = "write them to a new file")
    private Path out;
  }

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
    Calibration.Extent extent = new Calibration.Extent(warmup, steps, seconds, testBatches);
    ProjectFolders.Declared declared = project.declared(suite);
    Benchmarks benchmarks = declared.benchmarks();
    Suite selected = only == null ? declared.suite() : declared.suite().only(only);
    LocalDate today = LocalDate.now(Clock.systemUTC());
    String prefix = idPrefix == null ? today.toString() : idPrefix;
    List<SpeedKind> kinds = SpeedKind.of(selected);
    Path file = project.benchmark("throughput.csv");
    ThroughputFile.requireNew(
        file, benchmarks.throughputs(), kinds.stream().map(k -> id(prefix, k)).toList());
    if (destination.out != null) {
      ThroughputFile.requireFree(destination.out);
    }
    Calibration calibration = new Calibration(benchmarks, extent);
    calibration.check(selected);
    String machine = Calibration.processor();
    List<Throughput> rows = new ArrayList<>();
    BrokenPromises promises = new BrokenPromises(spec);
    for (SpeedKind kind : kinds) {
      Speed speed = measure(calibration, kind);
      if (!speed.broken().isEmpty()) {
        promises.print("calibrate " + suite + ", " + kind.label(), speed.broken());
        continue;
      }
      // On standard error, since what goes to standard output is a CSV file.
      spec.commandLine().getErr().println(kind.label() + ": " + speed.spread());
      rows.add(
          speed.throughput(
              id(prefix, kind),
              today,
              device == null ? machine : device,
              kind,
              "after "
                  + warmup
                  + " of warm-up; row "
                  + kind.rows().get(0).id()
                  + " of "
                  + suite
                  + "; "
                  + Calibration.precision(kind)
                  + " on "
                  + machine,
              supersedes ? kind.recorded() : ""));
    }
    deliver(file, rows);
    return promises.exitStatus();
  }

  private static String id(String prefix, SpeedKind kind) {
    return prefix + "-" + kind.label();
  }

  private Speed measure(Calibration calibration, SpeedKind kind) {
    try (TrainingProgressBar progress =
        new TrainingProgressBar(kind.label(), (long) warmup + steps)) {
      return calibration.measure(kind, progress);
    }
  }

  private void deliver(Path file, List<Throughput> rows) {
    if (destination.write) {
      ThroughputFile.append(file, rows);
      spec.commandLine().getErr().println("added " + rows.size() + " rows to " + file);
    } else if (destination.out != null) {
      ThroughputFile.create(destination.out, rows);
      spec.commandLine().getErr().println("wrote " + destination.out);
    } else {
      spec.commandLine().getOut().print(ThroughputFile.text(rows));
      spec.commandLine().getOut().flush();
    }
  }
}
