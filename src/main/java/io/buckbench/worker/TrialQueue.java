package io.buckbench.worker;

import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trials that wait for a worker, and the results of those that have ended. */
final class TrialQueue {
  /**
   * A trial and its place.
   *
   * @param place its index in the list of all trials
   */
  record Entry(Trial trial, int place) {}

  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final List<Trial> trials = new ArrayList<>();
  private final Map<Integer, List<RunRecord>> results = new LinkedHashMap<>();

  synchronized void add(Trial trial, int place) {
    trials.add(trial);
    waiting.add(new Entry(trial, place));
  }

  boolean isEmpty() {
    return trials.isEmpty();
  }

  /** All trials that were added. */
  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** The next trial; empty if none is waiting. */
  synchronized Optional<Entry> next() {
    return Optional.ofNullable(waiting.poll());
  }

  /** Gives up all trials that are waiting. */
  synchronized void stop() {
    waiting.clear();
  }

  synchronized void ended(Entry entry, List<RunRecord> records) {
    results.put(entry.place, records);
  }

  /** The records of each trial, by its place. */
  synchronized Map<Integer, List<RunRecord>> results() {
    return Map.copyOf(results);
  }
}
