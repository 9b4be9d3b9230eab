package io.buckbench.budget;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Measures the time of a trial by phase. One phase at most is current. */
final class PhaseClock {
  private final LongSupplier nanoTime;
  private final Runnable awaitDevice;
  private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
  private Phase current;
  private long mark;
  private long pausedAt;

  /**
   * Creates a clock that has measured nothing.
   *
   * @param nanoTime the clock, {@link System#nanoTime} except in tests
   * @param awaitDevice waits until the device has finished all submitted work
   */
  PhaseClock(LongSupplier nanoTime, Runnable awaitDevice) {
    this.nanoTime = nanoTime;
    this.awaitDevice = awaitDevice;
  }

  /** A clock that has measured the same until now, and has no current phase. */
  PhaseClock copy() {
    PhaseClock copy = new PhaseClock(nanoTime, awaitDevice);
    copy.nanos.putAll(nanos);
    return copy;
  }

  /** A copy that has measured nothing in one phase. */
  PhaseClock without(Phase phase) {
    PhaseClock copy = copy();
    copy.nanos.remove(phase);
    return copy;
  }

  /** The time until {@link #resume} belongs to no phase. */
  void pause() {
    pausedAt = nanoTime.getAsLong();
  }

  /** Continues after {@link #pause}. */
  void resume() {
    mark += nanoTime.getAsLong() - pausedAt;
  }

  /** Makes a phase current; its time begins now. */
  void begin(Phase next) {
    current = next;
    mark = nanoTime.getAsLong();
  }

  /** Ends the current phase. Its time since the last {@link #charge} is not counted. */
  void stop() {
    current = null;
  }

  Optional<Phase> current() {
    return Optional.ofNullable(current);
  }

  /**
   * Waits for the device and adds the time since the phase began, or since the last charge, to the
   * current phase.
   *
   * @return that time, in nanoseconds
   */
  long charge() {
    awaitDevice.run();
    long now = nanoTime.getAsLong();
    long took = now - mark;
    nanos.merge(current, took, Long::sum);
    mark = now;
    return took;
  }

  /** The time of a phase so far, in nanoseconds. */
  long nanos(Phase phase) {
    return nanos.getOrDefault(phase, 0L);
  }

  /** The times of all phases that took place, in nanoseconds. */
  Map<Phase, Long> all() {
    return new EnumMap<>(nanos);
  }

  /** Adds times that were measured elsewhere. */
  void add(Map<Phase, Long> elsewhere) {
    elsewhere.forEach((phase, time) -> nanos.merge(phase, time, Long::sum));
  }
}
