package io.buckbench.trial;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Trial;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs trials and stores their records. Trials that are already stored are not run again, so that a
 * killed suite continues where it stopped.
 */
public final class StoredTrials {
  /** When a stored record is used instead of running a trial. */
  public enum Reuse {
    /** Never. */
    NOTHING,
    /** If inputs, device class, library versions and the program's bytes are the same. */
    SAME_PROGRAM,
    /** Like {@link #SAME_PROGRAM}, for any program; for runs that cost money. */
    SAME_INPUTS;

    private static final String PROPERTY = "buckbench.reuse";

    /**
     * The choice of {@code -Dbuckbench.reuse}.
     *
     * @param usual if the property is not set
     * @throws InvalidInputException if its value is none of these
     */
    public static Reuse fromProperties(Reuse usual) {
      String name = System.getProperty(PROPERTY, "");
      return name.isEmpty()
          ? usual
          : Arrays.stream(values())
              .filter(reuse -> reuse.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "-D" + PROPERTY,
                          "'" + name + "'",
                          "one of " + List.of(values()),
                          "correct it"));
    }
  }

  private final RunStore store;
  private final TrialRunner runner;
  private final Reuse reuse;
  private final Snapshots snapshots;

  /**
   * @param reuse when a stored record is used
   */
  public StoredTrials(RunStore store, TrialRunner runner, Reuse reuse) {
    this(store, runner, reuse, Snapshots.NONE);
  }

  /**
   * As above.
   *
   * @param snapshots when trainings keep snapshots, from which a stopped one continues
   */
  public StoredTrials(RunStore store, TrialRunner runner, Reuse reuse, Snapshots snapshots) {
    this.store = store;
    this.runner = runner;
    this.reuse = reuse;
    this.snapshots = snapshots;
  }

  /**
   * Runs a trial, or returns its stored records.
   *
   * @return a record for each of {@link Trial#recorded}, the trial's own last
   * @throws InvalidInputException as {@link TrialRunner#run}, or for a damaged record; nothing is
   *     written in this case
   */
  public List<RunRecord> run(Trial trial, TrialListener listener) {
    List<RunRecord> stored = find(trial, listener);
    if (!stored.isEmpty()) {
      return stored;
    }
    List<Trial> trials = trial.recorded();
    Provenance provenance = runner.provenance(trial);
    TrainingKeeper keeper = snapshots.of(store, trial, provenance, inputs(provenance, true));
    Map<Trial, RunStore.Draft> drafts = new LinkedHashMap<>();
    try {
      trials.forEach(t -> drafts.put(t, store.draft()));
      List<RunRecord> records =
          runner.run(trial, t -> drafts.get(t).directory().resolve("adapter"), listener, keeper);
      // The trial's own record is stored last, after those of its milestones.
      for (int i = 0; i < trials.size(); i++) {
        drafts.get(trials.get(i)).commit(records.get(i));
      }
      if (records.get(records.size() - 1).status() != RunStatus.FAILED) {
        keeper.discard();
      }
      report(listener, trials, records, false);
      return records;
    } finally {
      drafts.values().forEach(RunStore.Draft::close);
    }
  }

  /**
   * The stored records of a trial that can be used, or an empty list. The listener is notified of
   * each.
   *
   * @throws InvalidInputException for a damaged record
   */
  public List<RunRecord> find(Trial trial, TrialListener listener) {
    List<RunRecord> stored = reusable(trial.recorded());
    if (!stored.isEmpty()) {
      report(listener, trial.recorded(), stored, true);
    }
    return stored;
  }

  private static void report(
      TrialListener listener, List<Trial> trials, List<RunRecord> records, boolean fromStore) {
    for (int i = 0; i < trials.size(); i++) {
      listener.finished(trials.get(i), records.get(i), fromStore);
    }
  }

  /** All records of one earlier run, or an empty list. */
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
    // A run that was killed while writing may leave records of two runs.
    long runs = records.stream().map(r -> r.provenance().startedAt()).distinct().count();
    return records.size() == trials.size() && runs == 1 ? records : List.of();
  }

  private Map<String, String> inputs(Provenance provenance) {
    return inputs(provenance, reuse != Reuse.SAME_INPUTS);
  }

  private static Map<String, String> inputs(Provenance provenance, boolean withProgram) {
    Map<String, String> inputs = new LinkedHashMap<>(provenance.sha256());
    if (!withProgram) {
      inputs.remove(Provenance.PROGRAM);
    }
    inputs.putAll(provenance.versions());
    inputs.put("device", provenance.deviceClass());
    return inputs;
  }
}
