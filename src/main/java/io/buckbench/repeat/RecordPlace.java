package io.buckbench.repeat;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialId;
import java.nio.file.Path;

/**
 * The place of a record: {@code STORE/SUITE/CONFIGURATION/seed-N}.
 *
 * @param store the run store
 * @param trial the trial
 */
public record RecordPlace(RunStore store, TrialId trial) {
  private static final String SEED = "seed-";

  /**
   * The place that a folder is.
   *
   * @param folder of the record, or its file run.json
   * @throws InvalidInputException if it is none
   */
  public static RecordPlace of(Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    if (there.endsWith("run.json")) {
      there = there.getParent();
    }
    String seed = there.getNameCount() < 4 ? "" : there.getFileName().toString();
    if (!seed.matches(SEED + "-?[0-9]{1,18}")) {
      throw new InvalidInputException(
          "RECORD",
          "'" + folder + "'",
          "the folder of a record: STORE/SUITE/CONFIGURATION/seed-N",
          "name one of a run store, such as target/runs/smoke/ia3/seed-9");
    }
    Path row = there.getParent();
    Path suite = row.getParent();
    return new RecordPlace(
        new RunStore(suite.getParent()),
        new TrialId(
            suite.getFileName().toString(),
            row.getFileName().toString(),
            Long.parseLong(seed.substring(SEED.length()))));
  }

  /**
   * The record.
   *
   * @throws InvalidInputException if there is none, or it is damaged
   */
  public RunRecord record() {
    return record("correct the path");
  }

  /** The record; a message about a missing one ends with what to do. */
  RunRecord record(String todo) {
    return store
        .find(trial)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    store.directory(trial).toString(), "no record", "that of " + trial, todo));
  }

  /** The place of another row's record, of the same suite and seed. */
  RecordPlace other(String configuration) {
    return new RecordPlace(store, new TrialId(trial.suite(), configuration, trial.seed()));
  }

  @Override
  public String toString() {
    return store.directory(trial).resolve("run.json").toString();
  }
}
