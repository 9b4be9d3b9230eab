package io.buckbench.worker;

import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialLock;
import io.buckbench.suite.Trial;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trials that wait for a worker, and the results of those that have ended. A trial that another
 * process has locked in the store is left until that process is done with it.
 */
final class TrialQueue {
  /**
   * A trial, its place and the lock on it, which closing the entry releases.
   *
   * @param place its index in the list of all trials
   */
  record Entry(Trial trial, int place, TrialLock lock) implements AutoCloseable {
    @Override
    public void close() {
      lock.close();
    }
  }

  private record Waiting(Trial trial, int place) {}

  private static final long RETRY_MILLIS = 500;

  private final RunStore store;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Trial> trials = new ArrayList<>();
  private final Map<Integer, List<RunRecord>> results = new LinkedHashMap<>();

  TrialQueue(RunStore store) {
    this.store = store;
  }

  synchronized void add(Trial trial, int place) {
    trials.add(trial);
    waiting.add(new Waiting(trial, place));
  }

  boolean isEmpty() {
    return trials.isEmpty();
  }

  /** All trials that were added. */
  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /**
   * Locks the first trial that no other process has locked; while all are locked, waits.
   *
   * @return empty if none is waiting
   */
  synchronized Optional<Entry> next() {
    while (!waiting.isEmpty()) {
      Optional<Entry> next = unlocked();
      if (next.isPresent()) {
        return next;
      }
      try {
        wait(RETRY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<Entry> unlocked() {
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      Optional<TrialLock> lock = store.lock(next.trial.id());
      if (lock.isPresent()) {
        all.remove();
        return Optional.of(new Entry(next.trial, next.place, lock.get()));
      }
    }
    return Optional.empty();
  }

  /** Gives up all trials that are waiting. */
  synchronized void stop() {
    waiting.clear();
    notifyAll();
  }

  synchronized void ended(Entry entry, List<RunRecord> records) {
    results.put(entry.place, records);
  }

  /** The records of each trial, by its place. */
  synchronized Map<Integer, List<RunRecord>> results() {
    return Map.copyOf(results);
  }
}
