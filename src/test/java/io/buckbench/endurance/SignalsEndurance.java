package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.cli.BuckBench;
import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals that ask a run to end: it keeps a snapshot, writes its report, and goes on later. */
class SignalsEndurance {
  @TempDir Path dir;

  private Child run(Path runs) {
    return Child.start(
        Map.of(),
        // No snapshot at an interval: only the signal keeps one.
        List.of("-Dbuckbench.device=cpu", "-Dbuckbench.snapshot=3600", "-Dbuckbench.runs=" + runs),
        BuckBench.class,
        "run",
        KillSuite.NAME,
        "--workers",
        "1",
        "--project",
        dir.toString());
  }

  @Test
  void a_signal_keeps_a_snapshot_writes_the_report_and_ends_with_its_status() throws Exception {
    // Far longer than it takes to send a signal, however busy the machine is.
    KillSuite suite = KillSuite.oneRow(dir, 150);
    Files.copy(Path.of("benchmarks/hypotheses.csv"), dir.resolve("benchmarks/hypotheses.csv"));
    RunStore undisturbed = suite.run(dir.resolve("undisturbed"), 1);
    for (Map.Entry<String, Integer> signal : Map.of("TERM", 143, "INT", 130).entrySet()) {
      Path runs = dir.resolve("runs-" + signal.getKey());
      // The second trial of the first row trains once its first is recorded.
      Path spent = runs.resolve(".snapshots/t/lora/seed-2/spent.json");
      try (Child child = run(runs)) {
        while (!Files.exists(spent)) {
          assertThat(child.isAlive()).as(child.output()).isTrue();
          Thread.sleep(2);
        }
        new ProcessBuilder("kill", "-" + signal.getKey(), child.pid() + "").start().waitFor();
        assertThat(child.exitStatus()).as(child.output()).isEqualTo(signal.getValue());
        assertThat(child.output())
            .contains("t/lora seed 2: stopped; the next run continues its training");
      }
      assertThat(runs.resolve(".snapshots/t/lora/seed-2/training.safetensors")).exists();
      assertThat(new RunStore(runs).read(KillSuite.NAME)).hasSize(1);
      assertThat(dir.resolve("target/report/t.part/index.html")).content().contains("lora");
      try (Child child = run(runs)) {
        assertThat(child.exitStatus()).as(child.output()).isZero();
      }
      for (RunRecord record : new RunStore(runs).read(KillSuite.NAME)) {
        assertThat(RecordDifferences.between(undisturbed.find(record.id()).orElseThrow(), record))
            .as(record.id().toString())
            .isEmpty();
      }
    }
    System.out.println(
        "signals: SIGTERM ended with 143 and SIGINT with 130; both runs went on to the same bits");
  }
}
