package io.buckbench.worker;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.preflight.TrialsAtOnce;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs trials in worker processes and stores their records. The bits of a trial depend on its
 * declared threads and its device class, not on the number of workers or on the order of trials.
 */
public final class Workers {
  private static final long WATCH_MILLIS = 100;
  private static final long SECONDS_TO_END = 30;

  private final WorkerProject project;
  private final WorkerCount count;
  private final WorkerSettings settings;
  private final Reuse reuse;
  private final LongSupplier nanoTime;
  private final List<WorkerLane> lanes = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  /**
   * @param project where suites are read and records are stored
   * @param count how many workers to start
   * @param reuse when a stored record is used
   */
  public Workers(WorkerProject project, WorkerCount count, Reuse reuse) {
    this(project, count, reuse, WorkerSettings.fromProperties());
  }

  /** As above, with settings other than those of the properties. */
  public Workers(WorkerProject project, WorkerCount count, Reuse reuse, WorkerSettings settings) {
    this(project, count, reuse, settings, System::nanoTime);
  }

  /**
   * As above.
   *
   * @param nanoTime the clock that measures how long a worker is silent
   */
  Workers(
      WorkerProject project,
      WorkerCount count,
      Reuse reuse,
      WorkerSettings settings,
      LongSupplier nanoTime) {
    this.project = project;
    this.count = count;
    this.reuse = reuse;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs trials, or uses their stored records. A trial whose worker dies or hangs has failed, and
   * the others are run. Several processes of a machine may use a store at the same time: a trial
   * that one of them runs is locked, and the others take the next.
   *
   * @param listener is notified of all trials, by one thread at a time
   * @return the records of each of {@link Trial#recorded}, in the order of the trials
   * @throws InvalidInputException for damaged records, a store that cannot be written, or several
   *     workers on one GPU
   * @throws WorkerStartException if a new worker cannot be used, for example because the device
   *     does not compute; trials that were running have been finished and stored
   */
  public List<RunRecord> run(List<Trial> trials, TrialListener listener) {
    Problems problems = new Problems();
    Benchmarks benchmarks = project.benchmarks(problems);
    problems.throwIfAny();
    RunStore store = project.store();
    List<List<RunRecord>> records = new ArrayList<>();
    try (TrialRunner runner = new TrialRunner(benchmarks)) {
      StoredTrials stored = new StoredTrials(store, runner, reuse);
      for (Trial trial : trials) {
        try {
          records.add(stored.find(trial, listener));
        } catch (InvalidInputException e) {
          problems.addAll(e);
        }
      }
    }
    problems.throwIfAny();
    TrialQueue missing = new TrialQueue(store);
    for (int i = 0; i < trials.size(); i++) {
      if (records.get(i).isEmpty()) {
        missing.add(trials.get(i), i);
      }
    }
    if (!missing.isEmpty()) {
      int workers = count.of(missing.trials(), TrialsAtOnce.here());
      try (TrialRunner runner = new TrialRunner(benchmarks, workers)) {
        StoredTrials stored = new StoredTrials(store, runner, reuse);
        for (int i = 0; i < workers; i++) {
          lanes.add(
              new WorkerLane(
                  missing,
                  new WorkerLane.Surroundings(
                      project, store, stored, runner, workers, resume(), settings, nanoTime),
                  new OneAtATime(listener)));
        }
        if (stopping) {
          lanes.forEach(WorkerLane::stop);
        }
        run(lanes);
      }
      missing.results().forEach(records::set);
    }
    return records.stream().flatMap(Collection::stream).toList();
  }

  /**
   * Stops {@link #run} after the current step of each trial. Trainings keep a snapshot, from which
   * the next run continues; {@link #run} returns the records of the trials that have ended.
   */
  public void stop() {
    stopping = true;
    lanes.forEach(WorkerLane::stop);
  }

  private boolean resume() {
    return reuse != Reuse.NOTHING;
  }

  private void run(List<WorkerLane> lanes) {
    ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    try {
      watch.scheduleAtFixedRate(
          () -> lanes.forEach(lane -> lane.endIfSilent(settings.silence().toNanos())),
          WATCH_MILLIS,
          WATCH_MILLIS,
          TimeUnit.MILLISECONDS);
      List<Future<?>> ends = new ArrayList<>();
      lanes.forEach(lane -> ends.add(threads.submit(lane)));
      threads.shutdown();
      await(ends);
    } catch (InterruptedException e) {
      lanes.forEach(WorkerLane::kill);
      awaitEnd(threads);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trials were running", e);
    } finally {
      watch.shutdownNow();
    }
  }

  private static void awaitEnd(ExecutorService threads) {
    try {
      threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // The caller has been interrupted already.
    }
  }

  /** Waits for all lanes, then throws the first exception of any. */
  private static void await(List<Future<?>> ends) throws InterruptedException {
    Optional<Throwable> first = Optional.empty();
    for (Future<?> end : ends) {
      try {
        end.get();
      } catch (ExecutionException e) {
        first = first.or(() -> Optional.of(e.getCause()));
      }
    }
    if (first.isPresent()) {
      if (first.get() instanceof RuntimeException e) {
        throw e;
      }
      throw (Error) first.get();
    }
  }
}
