package io.buckbench.worker;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.record.StoreWriteException;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import io.buckbench.trial.StoredTrials;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Takes trials from a queue and has them run by one worker at a time. After a trial that failed the
 * worker is replaced; if the new one cannot be used, all lanes stop.
 */
final class WorkerLane implements Runnable {
  /**
   * What all lanes share.
   *
   * @param stored finds the records of other processes that share the store
   * @param runner makes the records of trials whose process ended
   * @param workers number of lanes
   * @param resume whether a stopped training continues from its snapshot
   */
  record Surroundings(
      WorkerProject project,
      RunStore store,
      StoredTrials stored,
      TrialRunner runner,
      int workers,
      boolean resume,
      WorkerSettings settings,
      LongSupplier nanoTime) {}

  private final TrialQueue queue;
  private final Surroundings with;
  private final TrialListener listener;
  private volatile WorkerProcess worker;
  private volatile boolean killed;
  private volatile boolean stopping;

  WorkerLane(TrialQueue queue, Surroundings with, TrialListener listener) {
    this.queue = queue;
    this.with = with;
    this.listener = listener;
  }

  @Override
  public void run() {
    try {
      for (var next = queue.next(); next.isPresent(); next = queue.next()) {
        try (TrialQueue.Entry entry = next.get()) {
          List<RunRecord> records = find(entry.trial());
          if (records.isEmpty()) {
            if (worker == null) {
              worker = WorkerProcess.start(with.settings, with.nanoTime);
              open();
            }
            if (killed || stopping) {
              return;
            }
            records = run(entry.trial());
          }
          if (!records.isEmpty()) {
            queue.ended(entry, records);
          }
        }
      }
    } catch (RuntimeException | Error e) {
      queue.stop();
      throw e;
    } finally {
      discard();
    }
  }

  /** Kills the worker if it has reported nothing for longer than a limit. */
  void endIfSilent(long limitNanos) {
    WorkerProcess watched = worker;
    if (watched != null) {
      watched.endIfSilent(limitNanos);
    }
  }

  /** Ends after the current step of the trial that runs; its training snapshot is kept. */
  void stop() {
    stopping = true;
    queue.stop();
    WorkerProcess asked = worker;
    if (asked != null) {
      asked.send(new Message.Stop());
    }
  }

  /** Kills the worker, and records nothing of its trial. */
  void kill() {
    killed = true;
    queue.stop();
    WorkerProcess left = worker;
    if (left != null) {
      left.kill();
    }
  }

  /** The records of a trial that another process has run since this one began; may be empty. */
  private List<RunRecord> find(Trial trial) {
    // The runner serves one lane at a time.
    synchronized (with.runner) {
      return with.stored.find(trial, listener);
    }
  }

  private void discard() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  private void open() {
    worker.send(new Message.Open(with.project, with.workers, with.resume));
    Message answer = worker.read().orElse(null);
    if (answer instanceof Message.Lost lost) {
      throw WorkerStartException.deviceLost(lost.reason());
    }
    if (answer instanceof Message.Refused refused) {
      throw WorkerStartException.notReady(refused.reason());
    }
    if (!(answer instanceof Message.Ready)) {
      throw WorkerStartException.notReady(worker.ending());
    }
  }

  private List<RunRecord> run(Trial trial) {
    Instant startedAt = Instant.now();
    List<Message.Stepped> steps = new ArrayList<>();
    listener.runsIn(trial, worker.pid());
    listener.started(trial, trial.configuration().plan());
    worker.send(new Message.Run(trial.suite(), trial.configuration().declared(), trial.seed()));
    List<RunRecord> records = null;
    String failure = "";
    boolean keep = false;
    while (records == null && failure.isEmpty()) {
      Optional<Message> message = worker.read();
      if (message.isEmpty()) {
        failure = worker.ending();
      } else if (message.get() instanceof Message.Finished finished) {
        try {
          records = stored(trial);
        } catch (RuntimeException e) {
          failure = "its record cannot be read back: " + e.getMessage();
        }
        keep = !finished.failed();
      } else if (message.get() instanceof Message.Refused refused) {
        failure = refused.reason();
        keep = true;
      } else if (message.get() instanceof Message.Stopped) {
        discard();
        listener.stopped(trial);
        return List.of();
      } else {
        progress(trial, message.get(), steps);
      }
    }
    if (!keep) {
      discard();
    }
    if (records == null) {
      records = storeLost(trial, startedAt, steps, failure);
    }
    List<Trial> recorded = trial.recorded();
    for (int i = 0; i < recorded.size(); i++) {
      listener.finished(recorded.get(i), records.get(i), false);
    }
    return records;
  }

  private void progress(Trial trial, Message message, List<Message.Stepped> steps) {
    if (message instanceof Message.Stepped stepped) {
      steps.add(stepped);
      listener.stepped(trial, stepped.metric(), stepped.spentUsd());
    } else if (message instanceof Message.Answered answered) {
      trial.recorded().stream()
          .filter(t -> t.configuration().id().equals(answered.configuration()))
          .forEach(t -> listener.answered(t, answered.items(), answered.ofItems()));
    }
  }

  private List<RunRecord> stored(Trial trial) {
    return trial.recorded().stream().map(t -> with.store.find(t.id()).orElseThrow()).toList();
  }

  private List<RunRecord> storeLost(
      Trial trial, Instant startedAt, List<Message.Stepped> steps, String failure) {
    if (killed) {
      throw new IllegalStateException("stopped while " + trial + " was running");
    }
    // The runner serves one lane at a time.
    synchronized (with.runner) {
      List<StepMetric> metrics = steps.stream().map(Message.Stepped::metric).toList();
      BigDecimal spent = steps.isEmpty() ? BigDecimal.ZERO : steps.get(steps.size() - 1).spentUsd();
      List<RunRecord> records = with.runner.lost(trial, startedAt, metrics, spent, failure);
      for (RunRecord record : records) {
        try (RunStore.Draft draft = with.store.draft()) {
          draft.commit(record);
        } catch (InvalidInputException | StoreWriteException | UncheckedIOException e) {
          // The suite goes on, and its report shows the record.
          listener.notStored(trial, e.getMessage());
        }
      }
      return records;
    }
  }
}
