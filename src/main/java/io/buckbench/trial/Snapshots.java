package io.buckbench.trial;

import io.buckbench.input.InvalidInputException;
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

  TrainingKeeper of(RunStore store, Trial trial, Map<String, String> inputs) {
    // The records of milestones that were served before the stop are not kept.
    Optional<Path> folder =
        interval.isPresent() && trial.milestones().isEmpty()
            ? Optional.of(store.snapshot(trial.id()))
            : Optional.empty();
    return new TrainingKeeper(
        folder, inputs, interval.orElse(Duration.ZERO), stop, System::nanoTime);
  }
}
