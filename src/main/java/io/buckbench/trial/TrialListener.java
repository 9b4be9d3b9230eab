package io.buckbench.trial;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import java.math.BigDecimal;

/** Receives the progress of trials, for progress bars and reports. It cannot change a number. */
public interface TrialListener {
  /** Ignores everything. */
  TrialListener NONE = new TrialListener() {};

  /**
   * A trial is about to start in another process.
   *
   * @param process the id of that process
   */
  default void runsIn(Trial trial, long process) {}

  /** A trial started. */
  default void started(Trial trial, BudgetPlan plan) {}

  /**
   * A step was taken.
   *
   * @param spentUsd the trial's cost so far, by its price card
   */
  default void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {}

  /** A number of test items have been answered. */
  default void answered(Trial trial, int items, int ofItems) {}

  /** A trial was stopped on request. It has no record; its training continues with the next run. */
  default void stopped(Trial trial) {}

  /**
   * The record of a trial that failed could not be stored; the report shows it all the same.
   *
   * @param why the reason
   */
  default void notStored(Trial trial, String why) {}

  /**
   * A trial ended. Called for each of its milestones, then for the trial itself.
   *
   * @param fromStore whether its record was already stored, so that it was not run
   */
  default void finished(Trial trial, RunRecord record, boolean fromStore) {}
}
