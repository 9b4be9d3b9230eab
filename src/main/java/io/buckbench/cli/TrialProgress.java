package io.buckbench.cli;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.eval.Scores;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import io.buckbench.trial.TrialListener;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;

/** Shows a bar while a trial trains, and prints a line when it has ended. */
final class TrialProgress implements TrialListener, AutoCloseable {
  private final PrintWriter out;
  private TrainingProgressBar bar;

  TrialProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void started(Trial trial, BudgetPlan plan) {
    if (plan.steps() > 0) {
      bar = new TrainingProgressBar(trial.toString(), plan.steps());
    }
  }

  @Override
  public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
    if (bar != null) {
      bar.show(metric, spentUsd);
    }
  }

  @Override
  public void finished(Trial trial, RunRecord record, boolean fromStore) {
    close();
    bar = null;
    out.println(trial + ": " + outcome(record) + (fromStore ? " (from the run store)" : ""));
    // Printed immediately, since a suite may take hours.
    record.broken().forEach(check -> out.println("  promise broken: " + check));
    out.flush();
  }

  /** How a trial ended and what it cost. */
  static String outcome(RunRecord record) {
    if (record.predictions().isEmpty()) {
      return record.status() + ", " + record.failure();
    }
    Scores scores = Scores.of(record.predictions());
    return String.format(
        Locale.ROOT,
        "%saccuracy %.2f %%, %d steps, %s",
        record.status() == RunStatus.COMPLETED ? "" : record.status() + ", ",
        100 * scores.counts().accuracy(),
        record.steps().size(),
        record.cost().words());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
