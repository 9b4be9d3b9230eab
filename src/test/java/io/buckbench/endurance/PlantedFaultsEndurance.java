package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.budget.Stall;
import io.buckbench.cli.BuckBench;
import io.buckbench.files.Folders;
import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialId;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A suite of six rows with one fault at a time: the five other rows have the bits of a suite
 * without it, the report has all six, and the status is right.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedFaultsEndurance {
  private static final List<String> GOOD = List.of("lora", "full", "prefix", "ptuning", "ia3");
  private static final String SUITE = "t";

  private static final int MICRO_BATCHES = 16;

  /** The price of the card of the rows, in dollars. */
  private static final double USD_PER_SECOND = 0.095 / 3600;

  private static final Duration STOP = Duration.ofSeconds(8);

  @TempDir static Path dir;
  private ProjectFixture project;
  private RunStore undisturbed;
  private Duration undisturbedTook;

  @BeforeAll
  void without_a_fault() throws Exception {
    TinyProject.fill(dir);
    project = new ProjectFixture(dir);
    rows(false);
    Files.copy(Path.of("benchmarks/hypotheses.csv"), dir.resolve("benchmarks/hypotheses.csv"));
    undisturbed = new RunStore(dir.resolve("undisturbed"));
    long start = System.nanoTime();
    try (Child child = start(undisturbed.directory(), Map.of())) {
      assertThat(child.exitStatus()).as(child.output()).isZero();
    }
    undisturbedTook = Duration.ofNanos(System.nanoTime() - start);
  }

  /** A row of many long steps. */
  private static String[] longSteps(int steps) {
    return new String[] {"max_steps=" + steps, "accumulation=" + MICRO_BATCHES, "usd=0.1"};
  }

  /** A row whose time is its budget. */
  private static String[] metered(double seconds, String mostSteps) {
    String usd = new BigDecimal(seconds * USD_PER_SECOND).setScale(8, RoundingMode.UP) + "";
    return new String[] {
      "clock=metered", "accumulation=" + MICRO_BATCHES, "usd=" + usd, "max_steps=" + mostSteps
    };
  }

  /** The longest step of the undisturbed run, on this machine with what else it does. */
  private double longestStep() {
    return undisturbed.read(SUITE).stream()
        .flatMap(run -> run.steps().stream())
        .mapToDouble(StepMetric::seconds)
        .max()
        .orElseThrow();
  }

  @BeforeEach
  void noReport() throws IOException {
    Folders.delete(dir.resolve("target"));
  }

  /** Writes the suite; the doomed row is the third or the last. */
  private void rows(boolean last, String... doomed) {
    List<String> ids = new ArrayList<>(GOOD);
    if (doomed.length > 0) {
      ids.add(last ? GOOD.size() : 2, "doomed");
    }
    for (String id : ids) {
      List<String> columns = new ArrayList<>(List.of("threads=1", "max_steps=4", "usd=0.1"));
      columns.addAll(
          switch (id) {
            case "full" -> List.of("method=full", "variant=full");
            case "prefix", "ptuning" ->
                List.of("method=" + id, "variant=" + (id.equals("prefix") ? "p8" : "p8_h64"));
            case "ia3" -> List.of("method=ia3", "variant=default");
            case "doomed" -> List.of(doomed);
            default -> List.of();
          });
      String[] all = columns.toArray(String[]::new);
      if (id.equals(ids.get(0))) {
        project.onlyRow(id, all);
      } else {
        project.row(id, all);
      }
    }
    project.write();
  }

  private Child start(Path runs, Map<String, String> environment, String... options) {
    return command(runs, environment, List.of(options), "run", SUITE, "--workers", "1");
  }

  private Child command(
      Path runs, Map<String, String> environment, List<String> options, String... arguments) {
    List<String> all = new ArrayList<>();
    all.addAll(
        List.of(
            "-Dbuckbench.device=cpu",
            "-Dbuckbench.snapshot=0.001",
            "-Dbuckbench.heap=256m",
            "-Dbuckbench.jvm=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "-Dbuckbench.runs=" + runs));
    all.addAll(options);
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--project", dir.toString()));
    return Child.start(environment, all, BuckBench.class, command.toArray(String[]::new));
  }

  /** What the training of the doomed row has paid so far; it is written after each step. */
  private static Path spent(Path runs) {
    return runs.resolve(".snapshots").resolve(SUITE).resolve("doomed/seed-1/spent.json");
  }

  /** Waits for a step of the doomed row; returns the process of the worker. */
  private static ProcessHandle trainingWorker(Child child, Path runs) throws Exception {
    while (!Files.exists(spent(runs))) {
      assertThat(child.isAlive()).as(child.output()).isTrue();
      Thread.sleep(5);
    }
    return child.worker();
  }

  /** Stops the worker and requires that the training of the doomed row has not ended. */
  private static JsonNode stopped(ProcessHandle worker, Path runs, int steps) throws Exception {
    signal("STOP", worker);
    JsonNode meter = new ObjectMapper().readTree(spent(runs).toFile()).path("meter");
    assertThat(meter.path("steps").asInt())
        .as("steps until the worker was stopped")
        .isBetween(1, steps - 1);
    return meter;
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, process.pid() + "").start().waitFor())
        .isZero();
  }

  /** The record of the doomed row, after everything else was checked. */
  private Optional<RunRecord> checked(Child child, Path runs, int status) throws Exception {
    assertThat(child.exitStatus()).as(child.output()).isEqualTo(status);
    RunStore store = new RunStore(runs);
    for (String id : GOOD) {
      TrialId trial = new TrialId(SUITE, id, 1);
      RunRecord run = store.find(trial).orElseThrow(() -> new AssertionError(id + child.output()));
      assertThat(run.status()).as(id + ": " + run.failure()).isEqualTo(RunStatus.COMPLETED);
      assertThat(run.broken()).as(id).isEmpty();
      assertThat(RecordDifferences.between(undisturbed.find(trial).orElseThrow(), run))
          .as(id)
          .isEmpty();
    }
    Path report = dir.resolve("target/report").resolve(SUITE);
    assertThat(report.resolve("index.html")).content().contains(GOOD).contains("doomed");
    assertThat(report.resolve("summary.md")).exists();
    return store.find(new TrialId(SUITE, "doomed", 1));
  }

  private static void print(String fault, String reported) {
    System.out.println("fault: " + fault + ": five good rows, one reported: " + reported);
  }

  @Test
  void numbers_that_are_not_finite() throws Exception {
    rows(
        false,
        "method=ia3",
        "variant=default",
        "learning_rate=1e39",
        "warmup_steps=0",
        "max_steps=3");
    Path runs = dir.resolve("nan");
    try (Child child = start(runs, Map.of())) {
      RunRecord doomed = checked(child, runs, 1).orElseThrow();
      assertThat(doomed.status()).isEqualTo(RunStatus.DIVERGED);
      assertThat(child.output()).contains("promise broken: t/doomed seed 1");
      print("NaN", doomed.status() + ", " + doomed.failure());
    }
  }

  @Test
  void no_memory() throws Exception {
    rows(false, "accumulation=1000000", "max_steps=2");
    Path runs = dir.resolve("memory");
    try (Child child = start(runs, Map.of(), "-Dbuckbench.heap=128m")) {
      RunRecord doomed = checked(child, runs, 1).orElseThrow();
      assertThat(doomed.failure())
          .startsWith("the worker process ended with status 3; its last words: ")
          .contains("java.lang.OutOfMemoryError");
      print("no memory", doomed.failure());
    }
  }

  @Test
  void a_native_abort() throws Exception {
    rows(false, longSteps(1000));
    Path runs = dir.resolve("abort");
    try (Child child = start(runs, Map.of())) {
      signal("ABRT", trainingWorker(child, runs));
      RunRecord doomed = checked(child, runs, 1).orElseThrow();
      assertThat(doomed.failure()).startsWith("the worker process was ended by SIGABRT");
      assertThat(doomed.steps()).isNotEmpty();
      print("native abort", doomed.failure().split(";")[0]);
    }
  }

  @Test
  void a_process_that_hangs() throws Exception {
    rows(false, longSteps(1000));
    Path runs = dir.resolve("hang");
    // A whole undisturbed run took this long, so no other row is silent for as long.
    long silence = Math.max(8, undisturbedTook.toSeconds());
    try (Child child = start(runs, Map.of(), "-Dbuckbench.silence=" + silence)) {
      signal("STOP", trainingWorker(child, runs));
      RunRecord doomed = checked(child, runs, 1).orElseThrow();
      assertThat(doomed.failure()).startsWith("the worker process reported nothing for ");
      print("hang", doomed.failure());
    }
  }

  @Test
  void a_full_disk_at_commit() throws Exception {
    Path disk = Files.createDirectories(dir.resolve("disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString())
            .redirectErrorStream(true)
            .start();
    assumeTrue(mount.waitFor() == 0, "a small file system cannot be mounted: run it as root");
    try {
      int steps = 60;
      rows(true, longSteps(steps));
      Path runs = disk.resolve("runs");
      try (Child child = start(runs, Map.of())) {
        ProcessHandle worker = trainingWorker(child, runs);
        stopped(worker, runs, steps);
        fill(disk.resolve("filler"));
        signal("CONT", worker);
        Optional<RunRecord> doomed = checked(child, runs, 1);
        assertThat(doomed).as("there was no room for its record").isEmpty();
        String reported =
            child.lines().stream()
                .filter(line -> line.startsWith("t/doomed seed 1: its record was not stored: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(child.output()));
        List<Path> kept = kept(child.output());
        assertThat(kept).as(child.output()).isNotEmpty();
        assertThat(kept).anyMatch(folder -> hasAdapter(folder));
        for (Path folder : kept) {
          Folders.delete(folder);
        }
        print("full disk at commit", reported);
      }
    } finally {
      new ProcessBuilder("umount", "--lazy", disk.toString()).start().waitFor();
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] piece = new byte[1 << 10];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      // It is full.
    }
  }

  /** The second places that the messages name. */
  private static List<Path> kept(String output) {
    return Stream.of(output.split("[\\s:,;]+"))
        .filter(word -> word.contains("buckbench-kept-"))
        .distinct()
        .map(Path::of)
        .filter(Files::isDirectory)
        .toList();
  }

  private static boolean hasAdapter(Path folder) {
    return Folders.files(folder).stream().anyMatch(f -> f.endsWith("adapter_config.json"));
  }

  @Test
  void a_report_that_cannot_be_written() throws Exception {
    rows(false, "learning_rate=2e-3");
    Path runs = dir.resolve("unwritable");
    Path obstacle = Files.createDirectories(dir.resolve("target")).resolve("report");
    Files.writeString(obstacle, "a file where the report's folder belongs");
    try (Child child = start(runs, Map.of())) {
      assertThat(child.exitStatus()).as(child.output()).isEqualTo(3);
      assertThat(child.output()).contains("error: ").contains(obstacle.toString());
    }
    assertThat(new RunStore(runs).read(SUITE)).hasSize(GOOD.size() + 1);
    Files.delete(obstacle);
    try (Child child = command(runs, Map.of(), List.of(), "report", SUITE)) {
      assertThat(checked(child, runs, 0).orElseThrow().broken()).isEmpty();
    }
    print("unwritable report", "status 3 with its path; report writes it later from all records");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+3600", "-3600"})
  void a_clock_that_jumps_by_an_hour(String jump) throws Exception {
    Path library = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    assumeTrue(Files.exists(library), "libfaketime is missing: apt-get install libfaketime");
    // The budget is half an hour, and a few seconds are needed, on a slow machine some minutes.
    int steps = 40;
    rows(false, metered(1800, steps + ""));
    Path runs = dir.resolve("jump" + jump);
    Path offset = Files.writeString(dir.resolve("offset" + jump), "+0\n");
    Map<String, String> fake =
        Map.of(
            "LD_PRELOAD", library.toString(),
            "FAKETIME_TIMESTAMP_FILE", offset.toString(),
            "FAKETIME_NO_CACHE", "1",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            "DONT_FAKE_MONOTONIC", "1");
    long began = System.nanoTime();
    try (Child child = start(runs, fake)) {
      ProcessHandle worker = trainingWorker(child, runs);
      stopped(worker, runs, steps);
      Files.writeString(offset, jump + "\n");
      signal("CONT", worker);
      RunRecord doomed = checked(child, runs, 0).orElseThrow();
      Duration passed = Duration.ofNanos(System.nanoTime() - began);
      assertThat(doomed.steps()).hasSize(steps);
      assertThat(doomed.broken()).isEmpty();
      assertThat(doomed.cost().spentUsd()).isLessThanOrEqualTo(doomed.cost().budgetUsd());
      String last =
          new RunStore(runs)
              .find(new TrialId(SUITE, "ia3", 1))
              .orElseThrow()
              .provenance()
              .startedAt();
      Duration byTheClock =
          Duration.between(Instant.parse(doomed.provenance().startedAt()), Instant.parse(last));
      assertThat(byTheClock.minusSeconds(Long.parseLong(jump)))
          .as("what the later row started later, apart from the jump of the clock")
          .isBetween(Duration.ofSeconds(-2), passed.plusSeconds(2));
      print("clock jump of " + jump + " s", doomed.status() + ", " + doomed.cost().words());
    }
  }

  @Test
  void a_stop_of_eight_seconds() throws Exception {
    // Several first steps, which are the longest, are affordable on this machine.
    double budget = Math.max(6, 20 * MICRO_BATCHES * longestStep());
    rows(false, metered(budget, ""));
    Path runs = dir.resolve("stop");
    try (Child child = start(runs, Map.of())) {
      ProcessHandle worker = trainingWorker(child, runs);
      long before = System.nanoTime();
      JsonNode meter = stopped(worker, runs, Integer.MAX_VALUE);
      // Longer than what is left of the budget, and than a step may be that is no stall.
      double longest = meter.path("longestStepNanos").asLong() / 1e9;
      double left = budget - meter.path("nanos").path("TRAIN").asLong() / 1e9;
      double stop = Math.max(STOP.toSeconds(), 1 + Math.max(left, 6 * longest));
      Thread.sleep(Math.round(1000 * stop));
      signal("CONT", worker);
      // Only a stall can overspend a metered budget, and it is reported.
      RunRecord doomed = checked(child, runs, 1).orElseThrow();
      double passed = (System.nanoTime() - before) / 1e9;
      assertThat(child.output())
          .contains("\"the budget was kept\": ")
          .contains(", by a stall: step ");
      Stall last = doomed.cost().stalls().get(doomed.cost().stalls().size() - 1);
      assertThat(last.overspent()).isTrue();
      assertThat(last.seconds()).as("the stall").isBetween(stop - longest, passed);
      print("stop of 8 seconds", doomed.status() + ", " + doomed.cost().words());
    }
  }
}
