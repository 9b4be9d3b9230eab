package io.buckbench.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs trials into a store, and does not run again what is there already: a killed suite goes on
 * where it stopped.
 */
public final class StoredTrials {
  /** When a record that is there stands for a trial. */
  public enum Reuse {
    /** Never: every trial is run. */
    NOTHING,
    /** The same inputs, device class and library versions, and the same program to the byte. */
    SAME_PROGRAM,
    /** As above, whatever has changed in the program since: for runs that were paid for. */
    SAME_INPUTS
  }

  private final RunStore store;
  private final TrialRunner runner;
  private final Reuse reuse;

  /**
   * @param reuse when a record that is there stands for a trial
   */
  public StoredTrials(RunStore store, TrialRunner runner, Reuse reuse) {
    this.store = store;
    this.runner = runner;
    this.reuse = reuse;
  }

  /**
   * Runs a trial, or answers the record that is there.
   *
   * @throws io.buckbench.table.InvalidInputException as {@link TrialRunner#run}, or for a damaged
   *     record; nothing is written then
   */
  public RunRecord run(Trial trial, TrialListener listener) {
    Optional<RunRecord> there = reusable(trial);
    if (there.isPresent()) {
      listener.finished(trial, there.get(), true);
      return there.get();
    }
    try (RunStore.Draft draft = store.draft()) {
      RunRecord record = runner.run(trial, draft.directory().resolve("adapter"), listener);
      draft.commit(record);
      listener.finished(trial, record, false);
      return record;
    }
  }

  private Optional<RunRecord> reusable(Trial trial) {
    if (reuse == Reuse.NOTHING) {
      return Optional.empty();
    }
    return store
        .find(trial)
        .filter(record -> record.status() != RunStatus.FAILED)
        .filter(record -> inputs(record.provenance()).equals(inputs(runner.provenance(trial))));
  }

  private Map<String, String> inputs(Provenance provenance) {
    Map<String, String> inputs = new LinkedHashMap<>(provenance.sha256());
    if (reuse == Reuse.SAME_INPUTS) {
      inputs.remove("program");
    }
    inputs.putAll(provenance.versions());
    inputs.put("device", provenance.deviceClass());
    return inputs;
  }
}
