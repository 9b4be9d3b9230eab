package io.buckbench.repeat;

import io.buckbench.record.RunStore;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.WeightTrace;
import io.buckbench.worker.WorkerCount;
import io.buckbench.worker.WorkerProject;
import io.buckbench.worker.WorkerSettings;
import io.buckbench.worker.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Runs a trial in a worker process of its own, with a trace of its weights. */
final class FreshRun {
  private static final WorkerCount ONE = new WorkerCount("workers", OptionalInt.of(1));

  private FreshRun() {}

  /**
   * Runs the trial of a row.
   *
   * @param folder becomes the run store
   */
  static RunStore of(RowFile row, Trial trial, Path folder, TrialListener listener) {
    RunStore store = new RunStore(folder);
    WorkerSettings settings = WorkerSettings.fromProperties().with(WeightTrace.option());
    new Workers(
            WorkerProject.of(row.project(), row.file().toString(), store),
            ONE,
            Reuse.NOTHING,
            settings)
        .run(List.of(trial), listener);
    return store;
  }
}
