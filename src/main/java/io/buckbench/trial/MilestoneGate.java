package io.buckbench.trial;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepGate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Serves the smaller budgets of a training, each when it would not allow the next step. The meter
 * is paused meanwhile. This gate never closes.
 */
final class MilestoneGate implements StepGate {
  private final CostMeter meter;
  private final Map<Trial, BudgetPlan> plans = new LinkedHashMap<>();
  private final Deque<Trial> ahead;
  private final Consumer<Trial> reached;

  /**
   * @param milestones by ascending budget
   * @param reached called for each
   */
  MilestoneGate(CostMeter meter, List<Trial> milestones, Consumer<Trial> reached) {
    this.meter = meter;
    this.ahead = new ArrayDeque<>(milestones);
    this.reached = reached;
    ahead.forEach(trial -> plans.put(trial, trial.configuration().plan()));
  }

  @Override
  public boolean mayStep(int step) {
    while (!ahead.isEmpty() && !meter.admitsStep(plans.get(ahead.peek()))) {
      meter.pause();
      reached.accept(ahead.peek());
      ahead.remove();
      meter.resume();
    }
    return true;
  }

  /** Serves those that are left, after a training that ended by a diverging step. */
  void serveRest() {
    ahead.forEach(reached);
  }
}
