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
 * Trains a suite in the background, so that tests report trials while others are still running. The
 * training starts when the first trial is asked for.
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

  /**
   * The records of a trial: those of its milestones, then its own. Waits until it has ended.
   *
   * @throws RuntimeException the exception that ended the training before this trial
   */
  public synchronized List<RunRecord> records(Trial trial) {
    if (!started) {
      started = true;
      Thread thread = new Thread(this::train, "suite training");
      thread.setDaemon(true);
      thread.start();
    }
    try {
      while (!ended.containsKey(trial.id()) && !over) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + trial, e);
    }
    if (!ended.containsKey(trial.id())) {
      throw failure.orElseGet(() -> new IllegalStateException(trial + " was not trained"));
    }
    return trial.recorded().stream().map(recorded -> ended.get(recorded.id())).toList();
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
    // A trial's own record is the last, after those of its milestones.
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
