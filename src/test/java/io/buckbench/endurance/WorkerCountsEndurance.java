package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same suite again and again, in fresh processes and with other numbers of workers. */
class WorkerCountsEndurance {
  private static final List<Integer> WORKERS = List.of(1, 2, 4, 1, 2);

  @TempDir Path dir;

  @Test
  void the_number_of_workers_changes_no_bit() throws Exception {
    KillSuite suite = KillSuite.write(dir);
    int repeats = Scale.of(1, 4);
    List<RunRecord> first = List.of();
    for (int i = 0; i < repeats * WORKERS.size(); i++) {
      int workers = WORKERS.get(i % WORKERS.size());
      RunStore store = suite.run(dir.resolve("runs-" + i), workers);
      List<RunRecord> records = store.read(KillSuite.NAME);
      assertThat(records)
          .hasSameSizeAs(suite.trials())
          .allMatch(run -> run.status() == RunStatus.COMPLETED)
          .allMatch(run -> run.provenance().workers() == workers);
      first = first.isEmpty() ? records : first;
      for (int trial = 0; trial < records.size(); trial++) {
        assertThat(RecordDifferences.between(first.get(trial), records.get(trial)))
            .as("%s with %d workers", records.get(trial).id(), workers)
            .isEmpty();
      }
    }
    System.out.printf(
        "workers: %d runs of %d trials with 1, 2 and 4 workers, bit-equal%n",
        repeats * WORKERS.size(), suite.trials().size());
  }
}
