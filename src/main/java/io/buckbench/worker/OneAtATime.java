package io.buckbench.worker;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import io.buckbench.trial.TrialListener;
import java.math.BigDecimal;

/** Notifies a listener of the trials of several threads, by one thread at a time. */
record OneAtATime(TrialListener listener) implements TrialListener {
  @Override
  public void runsIn(Trial trial, long process) {
    synchronized (listener) {
      listener.runsIn(trial, process);
    }
  }

  @Override
  public void started(Trial trial, BudgetPlan plan) {
    synchronized (listener) {
      listener.started(trial, plan);
    }
  }

  @Override
  public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
    synchronized (listener) {
      listener.stepped(trial, metric, spentUsd);
    }
  }

  @Override
  public void answered(Trial trial, int items, int ofItems) {
    synchronized (listener) {
      listener.answered(trial, items, ofItems);
    }
  }

  @Override
  public void stopped(Trial trial) {
    synchronized (listener) {
      listener.stopped(trial);
    }
  }

  @Override
  public void notStored(Trial trial, String why) {
    synchronized (listener) {
      listener.notStored(trial, why);
    }
  }

  @Override
  public void finished(Trial trial, RunRecord record, boolean fromStore) {
    synchronized (listener) {
      listener.finished(trial, record, fromStore);
    }
  }
}
