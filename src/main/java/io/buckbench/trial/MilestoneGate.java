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
 * Serves the milestones of a training, each as soon as its budget does not allow the next step. The
 * meter is paused meanwhile. This gate never ends the training.
 */
final class MilestoneGate implements StepGate {
  private final CostMeter meter;
  private final Map<Trial, BudgetPlan> plans = new LinkedHashMap<>();
  private final Deque<Trial> remaining;
  private final Consumer<Trial> reached;

  /**
   * @param milestones in ascending order of budget
   * @param reached called for each milestone
   */
  MilestoneGate(CostMeter meter, List<Trial> milestones, Consumer<Trial> reached) {
    this.meter = meter;
    this.remaining = new ArrayDeque<>(milestones);
    this.reached = reached;
    milestones.forEach(trial -> plans.put(trial, trial.configuration().plan()));
  }

  @Override
  public boolean mayStep(int step) {
    while (!remaining.isEmpty() && !meter.admitsStep(plans.get(remaining.peek()))) {
      meter.pause();
      reached.accept(remaining.peek());
      remaining.remove();
      meter.resume();
    }
    return true;
  }

  /** Serves the remaining milestones, after a training that ended with a diverging step. */
  void serveRest() {
    remaining.forEach(reached);
  }
}
