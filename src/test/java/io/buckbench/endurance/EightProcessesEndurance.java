package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight processes on one store, as tasks of one machine are. */
class EightProcessesEndurance {
  private static final int PROCESSES = 8;

  @TempDir Path dir;

  @Test
  void each_trial_is_run_once_and_every_process_has_all_of_them() throws Exception {
    KillSuite suite = KillSuite.write(dir);
    Path runs = dir.resolve("runs");
    long start = System.nanoTime();
    List<Child> processes = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(suite.start(runs, 1));
      }
      for (Child each : processes) {
        assertThat(each.exitStatus()).as(each.output()).isZero();
      }
    } finally {
      processes.forEach(Child::close);
    }

    List<String> trials = suite.trials().stream().map(SuiteMain::name).toList();
    List<String> ran = new ArrayList<>();
    for (Child each : processes) {
      List<String> here = SuiteMain.ended(each.lines());
      List<String> elsewhere = SuiteMain.stored(each.lines());
      List<String> all = new ArrayList<>(here);
      all.addAll(elsewhere);
      assertThat(all).as(each.output()).containsExactlyInAnyOrderElementsOf(trials);
      ran.addAll(here);
    }
    assertThat(ran).containsExactlyInAnyOrderElementsOf(trials);
    assertThat(suite.isComplete(runs)).isTrue();
    System.out.printf(
        "eight processes: %d trials, each run once, by %d of them, %.0f s%n",
        ran.size(),
        processes.stream().filter(each -> !SuiteMain.ended(each.lines()).isEmpty()).count(),
        (System.nanoTime() - start) / 1e9);
  }
}
