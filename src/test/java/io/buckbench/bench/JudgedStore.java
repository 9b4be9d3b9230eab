package io.buckbench.bench;

import io.buckbench.accepted.DeclaredRuns;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.trial.TrialListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The records of a suite that other machines ran, which a build judges without training.
 *
 * @param store for example what {@code merge} made of the stores of all machines
 */
record JudgedStore(RunStore store) {
  private static final String STORE = "buckbench.judge";
  private static final String REPEATS = "golden.repeats";

  /** The store {@code -Dbuckbench.judge}; empty if the build trains. */
  static Optional<JudgedStore> ofBuild() {
    return named(STORE).map(JudgedStore::new);
  }

  private static Optional<RunStore> named(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(store -> !store.isBlank())
        .map(store -> new RunStore(Path.of(store)));
  }

  /**
   * Notifies a listener of the records of trials, as if they had just ended.
   *
   * @throws InvalidInputException naming the trials without a usable record, after the others were
   *     reported
   */
  void read(Suite suite, List<Trial> trials, boolean anyCommit, TrialListener listener) {
    DeclaredRuns runs = DeclaredRuns.read(suite, store, anyCommit);
    for (Trial trial : trials) {
      for (Trial each : trial.recorded()) {
        runs.find(each).ifPresent(record -> listener.finished(each, record, true));
      }
    }
    runs.require(trials, store);
  }

  /**
   * The second runs of trials, from the store {@code -Dgolden.repeats}.
   *
   * @throws InvalidInputException naming the trials, if no store is named
   */
  List<RunRecord> repeats(List<Trial> trials) {
    RunStore repeats =
        named(REPEATS)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "-D" + REPEATS,
                        "nothing",
                        "a store with second runs of " + trials,
                        "run them on a machine of this device class with -Dbuckbench.runs=STORE,"
                            + " and name the store"));
    return trials.stream().flatMap(trial -> repeats.find(trial.id()).stream()).toList();
  }
}
