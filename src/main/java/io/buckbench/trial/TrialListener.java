package io.buckbench.trial;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import java.math.BigDecimal;

/** Told how a trial goes on, for progress bars and reports; nothing it does changes a number. */
public interface TrialListener {
  /** Tells nobody. */
  TrialListener NONE = new TrialListener() {};

  /** A trial begins. */
  default void started(Trial trial, BudgetPlan plan) {}

  /**
   * A step was taken.
   *
   * @param spentUsd what the trial has cost so far, by its price card
   */
  default void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {}

  /** So many test rows are answered. */
  default void answered(Trial trial, int rows, int ofRows) {}

  /**
   * A trial ended: first each smaller budget that it served, then the trial itself.
   *
   * @param fromStore whether it was not run, since its record was there already
   */
  default void finished(Trial trial, RunRecord record, boolean fromStore) {}
}
