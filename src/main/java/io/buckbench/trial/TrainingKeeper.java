package io.buckbench.trial;

import io.buckbench.budget.CostMeter;
import io.buckbench.budget.Phase;
import io.buckbench.files.Folders;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonRecords;
import io.buckbench.train.StepMetric;
import io.buckbench.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a stopped training needs to continue: at an interval a {@link SnapshotFile}, and after
 * each step the time that was paid for so far. A resumed trial therefore repeats the steps since
 * the last snapshot, takes the same bits as an unbroken one, and its ledger is the sum of all that
 * was paid. The time to write a snapshot belongs to no phase.
 */
final class TrainingKeeper {
  /** Keeps nothing and never stops. */
  static final TrainingKeeper NONE =
      new TrainingKeeper(
          Optional.empty(),
          Map.of(),
          KeptMilestones.NONE,
          Duration.ZERO,
          () -> false,
          System::nanoTime);

  private static final Logger LOG = LoggerFactory.getLogger(TrainingKeeper.class);
  private static final String SNAPSHOT = "training.safetensors";
  private static final String SPENT = "spent.json";
  private static final JsonRecords RECORDS = new JsonRecords(options -> {});

  private final Optional<Path> folder;
  private final Map<String, String> inputs;
  private final KeptMilestones milestones;
  private final long intervalNanos;
  private final BooleanSupplier stop;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private long keptAt;

  /**
   * @param folder of the trial's snapshot; empty to keep nothing
   * @param inputs everything on which the bits of the trial depend; a snapshot with others is not
   *     used
   * @param milestones what has ended already
   * @param interval time between two snapshots
   * @param stop whether the training should stop after the current step
   */
  TrainingKeeper(
      Optional<Path> folder,
      Map<String, String> inputs,
      KeptMilestones milestones,
      Duration interval,
      BooleanSupplier stop,
      LongSupplier nanoTime) {
    this.folder = folder;
    this.inputs = inputs;
    this.milestones = milestones;
    this.intervalNanos = interval.toNanos();
    this.stop = stop;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
    this.keptAt = startedAt;
  }

  /** The milestones that have ended. */
  KeptMilestones milestones() {
    return milestones;
  }

  /**
   * The time that was paid for.
   *
   * @param inputs as those of the trial
   * @param meter the state of its meter after the last step
   */
  private record Spent(Map<String, String> inputs, CostMeter.State meter) {}

  /**
   * Continues a training from its last snapshot, if there is one of the same inputs. The meter gets
   * the time of all steps, also of those after the snapshot, which are taken again.
   *
   * @return the steps that need not be taken again
   */
  List<StepMetric> resume(Trainer trainer, CostMeter meter) {
    Optional<CostMeter.State> spent = spent();
    Optional<SnapshotFile.Content> kept = kept();
    if (kept.isPresent()) {
      trainer.restore(kept.get().training());
      CostMeter.State then = kept.get().state().meter();
      Map<Phase, Long> nanos = spent.orElse(then).nanos();
      meter.resume(
          new CostMeter.State(nanos, then.steps(), then.longestStepNanos(), then.stalls()));
      return kept.get().state().metrics();
    }
    spent.ifPresent(s -> meter.resume(new CostMeter.State(s.nanos(), 0, 0, List.of())));
    return List.of();
  }

  private Optional<SnapshotFile.Content> kept() {
    Optional<Path> file = folder.map(f -> f.resolve(SNAPSHOT)).filter(Files::isRegularFile);
    try {
      return file.map(SnapshotFile::read)
          .filter(c -> c.state().inputs().equals(inputs))
          .filter(c -> milestones.has(c.state().milestones()));
    } catch (InvalidInputException e) {
      // Snapshots are written whole, so this one was damaged; the training starts again.
      return Optional.empty();
    }
  }

  private Optional<CostMeter.State> spent() {
    Optional<Path> file = folder.map(f -> f.resolve(SPENT)).filter(Files::isRegularFile);
    try {
      return file.map(
              f -> RECORDS.read(f, Spent.class, "the time of a training", "delete it", json -> {}))
          .filter(s -> s.inputs().equals(inputs))
          .map(Spent::meter);
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /**
   * Must be called after each step.
   *
   * @throws TrialStoppedException if the trial should stop; a snapshot has been kept
   */
  void stepped(Trainer trainer, CostMeter meter, List<StepMetric> metrics, String trial) {
    boolean stopping = stop.getAsBoolean();
    if (folder.isPresent()) {
      meter.pause();
      if (stopping || nanoTime.getAsLong() - keptAt >= intervalNanos) {
        keep(trainer, meter, metrics);
        keptAt = nanoTime.getAsLong();
      } else {
        write(meter);
      }
      meter.resume();
    }
    if (stopping) {
      throw new TrialStoppedException(trial + " was stopped after step " + metrics.size());
    }
  }

  /** Keeps a snapshot at the end of a training that took longer than the interval. */
  void ended(Trainer trainer, CostMeter meter, List<StepMetric> metrics) {
    if (nanoTime.getAsLong() - startedAt >= intervalNanos) {
      meter.pause();
      keep(trainer, meter, metrics);
      meter.resume();
    }
  }

  private void keep(Trainer trainer, CostMeter meter, List<StepMetric> metrics) {
    if (folder.isEmpty()) {
      return;
    }
    Path file = folder.get().resolve(SNAPSHOT);
    try {
      Files.createDirectories(folder.get());
      // A snapshot is in memory twice, and should leave room for the trial.
      if (trainer.snapshotBytes() <= Runtime.getRuntime().maxMemory() / 4) {
        SnapshotFile.write(
            file, inputs, milestones.ended(), meter.state(), metrics, trainer.snapshot());
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn(
          "{}: {}; the training goes on, and the snapshot before it stays", file, e.toString());
    }
    write(meter);
  }

  /** A disk that is full now is no reason to end a training. */
  private void write(CostMeter meter) {
    Path file = folder.orElseThrow().resolve(SPENT);
    try {
      WholeFiles.write(file, RECORDS.text(new Spent(inputs, meter.state())));
    } catch (UncheckedIOException e) {
      LOG.warn("{}: {}; the training goes on", file, e.toString());
    }
  }

  /** Deletes what was kept, once the trial's record is stored. */
  void discard() {
    folder.ifPresent(
        f -> {
          try {
            Folders.delete(f);
          } catch (IOException e) {
            throw new UncheckedIOException(f.toString(), e);
          }
        });
  }
}
