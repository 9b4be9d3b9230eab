package io.buckbench.trial;

import io.buckbench.files.Digests;
import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.record.StoreWriteException;
import io.buckbench.suite.Trial;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The milestones that a training has served or refused, so that they are not lost if it is stopped:
 * a run store of their records and adapters next to the training's snapshot.
 */
final class KeptMilestones {
  /** Keeps nothing. */
  static final KeptMilestones NONE =
      new KeptMilestones(Optional.empty(), List.of(), Optional.empty());

  private static final Logger LOG = LoggerFactory.getLogger(KeptMilestones.class);
  private static final String ADAPTER = "adapter";
  private static final int DIGITS = 12;

  private final Optional<RunStore> store;
  private final List<Trial> all;
  private final Optional<Provenance> provenance;
  private final Set<String> ended = new LinkedHashSet<>();

  private KeptMilestones(
      Optional<RunStore> store, List<Trial> all, Optional<Provenance> provenance) {
    this.store = store;
    this.all = all;
    this.provenance = provenance;
  }

  /**
   * The milestones of a training.
   *
   * @param folder of the training's snapshot; empty to keep nothing
   * @param trial the training
   * @param inputs everything on which bits depend; milestones with others are not found
   * @param provenance for the records that are kept; those in the end have the trial's
   */
  static KeptMilestones in(
      Optional<Path> folder, Trial trial, Map<String, String> inputs, Provenance provenance) {
    String name = "milestones-" + Digests.ofText(inputs.toString()).substring(0, DIGITS);
    return new KeptMilestones(
        folder.map(f -> new RunStore(f.resolve(name))),
        trial.milestones(),
        Optional.of(provenance));
  }

  /** Keeps a milestone that has ended, with the adapter in a folder, if there is one. */
  void keep(Measurements milestone, Path adapter) {
    ended.add(milestone.trial.configuration().id());
    if (store.isEmpty()) {
      return;
    }
    try (RunStore.Draft draft = store.get().draft()) {
      Folders.copy(adapter, draft.directory().resolve(ADAPTER));
      draft.commit(milestone.record(provenance.orElseThrow(), milestone.inspection));
    } catch (InvalidInputException | StoreWriteException | UncheckedIOException e) {
      LOG.warn("{}: {}; a snapshot after it will not be used", milestone.trial, e.getMessage());
    }
  }

  /**
   * The record of a milestone that has ended, if it was kept.
   *
   * @param adapter becomes the folder of its adapter
   */
  Optional<RunRecord> restore(Trial milestone, Path adapter) {
    try {
      Optional<RunRecord> kept = store.flatMap(s -> s.find(milestone.id()));
      if (kept.isPresent()) {
        Folders.copy(store.get().directory(milestone.id()).resolve(ADAPTER), adapter);
        ended.add(milestone.configuration().id());
      }
      return kept;
    } catch (InvalidInputException | UncheckedIOException e) {
      LOG.warn("{}: {}; it is served again", milestone, e.getMessage());
      return Optional.empty();
    }
  }

  /** The ids of the milestones that have ended so far, whether they could be kept or not. */
  List<String> ended() {
    return List.copyOf(ended);
  }

  /**
   * Whether milestones were kept. A training cannot continue after one that was not, since its
   * model is gone.
   */
  boolean has(List<String> ids) {
    try {
      return all.stream()
          .filter(milestone -> ids.contains(milestone.configuration().id()))
          .allMatch(milestone -> store.flatMap(s -> s.find(milestone.id())).isPresent());
    } catch (InvalidInputException | UncheckedIOException e) {
      return false;
    }
  }
}
