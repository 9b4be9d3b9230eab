package io.buckbench.trial;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Trial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * When the trainings of a store keep snapshots, and when they stop.
 *
 * @param interval time between two snapshots of a training; empty to keep none
 * @param stop whether trainings should stop after the current step
 */
public record Snapshots(Optional<Duration> interval, BooleanSupplier stop) {
  private static final String INTERVAL = "buckbench.snapshot";

  /** No snapshots, and no stop. */
  public static final Snapshots NONE = new Snapshots(Optional.empty(), () -> false);

  /**
   * Reads {@code -Dbuckbench.snapshot}, the seconds between two snapshots (default 300); 0 keeps
   * none, so that a stopped training starts again.
   *
   * @throws InvalidInputException if the value is invalid
   */
  public static Snapshots fromProperties(BooleanSupplier stop) {
    String seconds = System.getProperty(INTERVAL, "300");
    if (!seconds.matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
      throw new InvalidInputException(
          "-D" + INTERVAL, "'" + seconds + "'", "a number of seconds from 0", "correct it");
    }
    long millis = Math.round(1000 * Double.parseDouble(seconds));
    return new Snapshots(
        millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis)), stop);
  }

  /**
   * What keeps the training of a trial.
   *
   * @param provenance of the trial if it starts now
   * @param inputs everything in it on which bits depend
   */
  TrainingKeeper of(
      RunStore store, Trial trial, Provenance provenance, Map<String, String> inputs) {
    Optional<Path> folder = interval.map(any -> store.snapshot(trial.id()));
    return new TrainingKeeper(
        folder,
        inputs,
        KeptMilestones.in(folder, trial, inputs, provenance),
        interval.orElse(Duration.ZERO),
        stop,
        System::nanoTime);
  }
}
