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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows the progress of all trials that are running, one line each, and prints a line when one has
 * ended.
 */
final class TrialProgress implements TrialListener, AutoCloseable {
  private final PrintWriter out;
  private final ProgressLines lines;
  private final Map<Trial, Integer> plannedSteps = new LinkedHashMap<>();
  private final List<RunRecord> records = new ArrayList<>();

  TrialProgress(PrintWriter out) {
    this(out, ProgressLines.ofTerminal());
  }

  TrialProgress(PrintWriter out, ProgressLines lines) {
    this.out = out;
    this.lines = lines;
  }

  @Override
  public void started(Trial trial, BudgetPlan plan) {
    plannedSteps.put(trial, plan.steps());
    lines.show(trial.toString(), "loading");
  }

  @Override
  public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
    int planned = plannedSteps.getOrDefault(trial, 0);
    lines.show(
        trial.toString(),
        String.format(
            Locale.ROOT,
            "step %d%s, loss %.3f, $%s",
            metric.step(),
            planned == 0 ? "" : " of " + planned,
            metric.loss(),
            Dollars.spent(spentUsd, trial.configuration().usd())));
  }

  @Override
  public void answered(Trial trial, int items, int ofItems) {
    lines.show(trial.toString(), items + " of " + ofItems + " items answered");
  }

  @Override
  public void stopped(Trial trial) {
    lines.remove(trial.toString());
    out.println(trial + ": stopped; the next run continues its training");
    out.flush();
    lines.redraw();
  }

  @Override
  public void notStored(Trial trial, String why) {
    lines.remove(trial.toString());
    out.println(trial + ": its record was not stored: " + why);
    out.flush();
    lines.redraw();
  }

  @Override
  public void finished(Trial trial, RunRecord record, boolean fromStore) {
    plannedSteps.remove(trial);
    records.add(record);
    lines.remove(trial.toString());
    out.println(trial + ": " + outcome(record) + (fromStore ? " (from the run store)" : ""));
    // Printed immediately, since a suite may take hours.
    record.broken().forEach(check -> out.println("  promise broken: " + check));
    out.flush();
    lines.redraw();
  }

  /** The records of all trials that have ended so far, in the order in which they did. */
  List<RunRecord> records() {
    return List.copyOf(records);
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
    lines.close();
  }
}
