package io.buckbench.trial;

import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** The same, but the program may have changed since: for runs that were paid for. */
    SAME_INPUTS;

    /** What a build does: {@code -Dbuckbench.reuse}, or nothing is reused. */
    public static Reuse ofBuild() {
      return valueOf(System.getProperty("buckbench.reuse", NOTHING.name()));
    }
  }

  private final RunStore store;
  private final TrialRunner runner;
  private final Reuse reuse;
  private final Runnable device;
  private Optional<DeviceLostException> lost = Optional.empty();

  /**
   * @param reuse when a record that is there stands for a trial
   */
  public StoredTrials(RunStore store, TrialRunner runner, Reuse reuse) {
    this(store, runner, reuse, Torch::probeDevice);
  }

  /**
   * As above.
   *
   * @param device throws if the device computes nothing any more
   */
  StoredTrials(RunStore store, TrialRunner runner, Reuse reuse, Runnable device) {
    this.store = store;
    this.runner = runner;
    this.reuse = reuse;
    this.device = device;
  }

  /**
   * Runs a trial, or answers the records that are there.
   *
   * @return a record for each of {@link Trial#recorded}, the trial's own last
   * @throws io.buckbench.input.InvalidInputException as {@link TrialRunner#run}, or for a damaged
   *     record; nothing is written then
   * @throws DeviceLostException when a trial has failed and taken the device with it; its record is
   *     written. From then on for every trial whose record is not there, without running it
   */
  public List<RunRecord> run(Trial trial, TrialListener listener) {
    List<Trial> trials = trial.recorded();
    List<RunRecord> there = reusable(trials);
    if (!there.isEmpty()) {
      tell(listener, trials, there, true);
      return there;
    }
    lost.ifPresent(
        e -> {
          throw e;
        });
    Map<Trial, RunStore.Draft> drafts = new LinkedHashMap<>();
    try {
      trials.forEach(t -> drafts.put(t, store.draft()));
      List<RunRecord> records =
          runner.run(trial, t -> drafts.get(t).directory().resolve("adapter"), listener);
      // The trial's own record comes last: it is not there before those that it served.
      for (int i = 0; i < trials.size(); i++) {
        drafts.get(trials.get(i)).commit(records.get(i));
      }
      tell(listener, trials, records, false);
      requireDevice(records.get(records.size() - 1));
      return records;
    } finally {
      drafts.values().forEach(RunStore.Draft::close);
    }
  }

  /** A lack of memory fails one trial; what a device does not recover from would fail all. */
  private void requireDevice(RunRecord run) {
    if (run.status() == RunStatus.FAILED) {
      try {
        device.run();
      } catch (RuntimeException e) {
        DeviceLostException stop = new DeviceLostException(run.id(), run.failure(), e);
        lost = Optional.of(stop);
        throw stop;
      }
    }
  }

  private static void tell(
      TrialListener listener, List<Trial> trials, List<RunRecord> records, boolean fromStore) {
    for (int i = 0; i < trials.size(); i++) {
      listener.finished(trials.get(i), records.get(i), fromStore);
    }
  }

  /** The records of one earlier run, all of them, or none. */
  private List<RunRecord> reusable(List<Trial> trials) {
    if (reuse == Reuse.NOTHING) {
      return List.of();
    }
    List<RunRecord> records =
        trials.stream()
            .flatMap(
                trial ->
                    store
                        .find(trial.id())
                        .filter(r -> r.status() != RunStatus.FAILED)
                        .filter(
                            r -> inputs(r.provenance()).equals(inputs(runner.provenance(trial))))
                        .stream())
            .toList();
    // A run that was killed while it wrote leaves records of two runs.
    long runs = records.stream().map(r -> r.provenance().startedAt()).distinct().count();
    return records.size() == trials.size() && runs == 1 ? records : List.of();
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
