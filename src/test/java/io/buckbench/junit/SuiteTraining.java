package io.buckbench.junit;

import io.buckbench.record.RunRecord;
import io.buckbench.record.TrialId;
import io.buckbench.suite.Trial;
import io.buckbench.trial.TrialListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains a suite in the background, so that tests report rows while others are still running. The
 * training starts when it is told to, or when the first records are asked for.
 */
public final class SuiteTraining {
  private final Consumer<TrialListener> training;
  private final TrialListener listener;
  private final Map<TrialId, RunRecord> ended = new HashMap<>();
  private Optional<RuntimeException> failure = Optional.empty();
  private boolean started;
  private boolean over;

  /**
   * @param training runs all trials and notifies a listener of their progress
   * @param listener is notified too
   */
  public SuiteTraining(Consumer<TrialListener> training, TrialListener listener) {
    this.training = training;
    this.listener = listener;
  }

  /** Starts the training, unless it has been started before. */
  synchronized void start() {
    if (!started) {
      started = true;
      Thread thread = new Thread(this::train, "suite training");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * The records of trials. Waits until all of them have ended.
   *
   * @param trials their milestones are not included
   * @throws RuntimeException the exception that ended the training before one of these trials
   */
  synchronized List<RunRecord> records(List<Trial> trials) {
    start();
    for (Trial trial : trials) {
      while (!ended.containsKey(trial.id()) && !over) {
        await(trial.toString());
      }
      if (!ended.containsKey(trial.id())) {
        throw failure.orElseGet(() -> new IllegalStateException(trial + " was not trained"));
      }
    }
    return trials.stream().map(trial -> ended.get(trial.id())).toList();
  }

  /** Waits until the training is over, whether it succeeded or not. */
  synchronized void awaitEnd() {
    start();
    while (!over) {
      await("the end of the training");
    }
  }

  private void await(String what) {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, e);
    }
  }

  private void train() {
    try {
      training.accept(new Ends());
      end(Optional.empty());
    } catch (RuntimeException e) {
      end(Optional.of(e));
    } catch (Error e) {
      end(Optional.of(new IllegalStateException(e)));
    }
  }

  private synchronized void end(Optional<RuntimeException> reason) {
    failure = reason;
    over = true;
    notifyAll();
  }

  private synchronized void end(RunRecord record) {
    ended.put(record.id(), record);
    notifyAll();
  }

  private final class Ends implements TrialListener {
    @Override
    public void finished(Trial trial, RunRecord record, boolean fromStore) {
      listener.finished(trial, record, fromStore);
      end(record);
    }
  }
}
