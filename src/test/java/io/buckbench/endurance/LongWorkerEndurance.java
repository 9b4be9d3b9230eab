package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker that runs many trials: its live arrays and its resident memory stay flat. */
class LongWorkerEndurance {
  private static final int TRIALS = Scale.of(100, 1000);

  /** The JVM's compiler and the allocator still settle during the first trials. */
  private static final int SETTLED = TRIALS / 4;

  @TempDir Path dir;

  @Test
  void arrays_and_resident_memory_are_flat_over_many_trials() throws Exception {
    TinyProject.fill(dir);
    String seeds =
        LongStream.rangeClosed(1, TRIALS / 2)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(" "));
    new ProjectFixture(dir)
        .row("lora", "seeds=" + seeds, "threads=1")
        .row("full", "seeds=" + seeds, "threads=1", "method=full", "variant=full")
        .write();
    Path runs = dir.resolve("runs");
    List<String> lines;
    try (Child child = new KillSuite(dir).start(runs, 1)) {
      assertThat(child.exitStatus()).as(child.output()).isZero();
      lines = child.lines();
    }
    assertThat(lines.stream().filter(line -> line.startsWith("worker ")).map(l -> l.split(" ")[1]))
        .as("the worker of each trial")
        .hasSize(TRIALS)
        .containsOnly(lines.get(0).split(" ")[1]);
    List<RunRecord> records = new RunStore(runs).read(KillSuite.NAME);
    assertThat(records).hasSize(TRIALS).allMatch(run -> run.inspection().leakedArrays() == 0);
    List<Long> resident =
        lines.stream()
            .filter(line -> line.startsWith("end "))
            .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .toList();
    double then = median(resident.subList(SETTLED, 2 * SETTLED));
    double now = median(resident.subList(TRIALS - SETTLED, TRIALS));
    System.out.printf(
        Locale.ROOT,
        "one worker: %d trials, no array left; resident %.1f MiB in the second quarter, %.1f MiB in"
            + " the last%n",
        TRIALS,
        then / 1024,
        now / 1024);
    assertThat(now).as("resident KiB in the last quarter").isLessThan(1.05 * then);
  }

  private static double median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
