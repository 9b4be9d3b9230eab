package io.buckbench.trial;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepGate;
import io.buckbench.train.StepMetric;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The meter as the trainer asks it; the trainer has waited for the device before it tells. Where
 * the training serves smaller budgets, each is told of when it would not allow the next step; the
 * meter stands still meanwhile.
 */
final class MeteredGate implements StepGate {
  private final CostMeter meter;
  private final OptionalInt maxSteps;
  private final Map<Trial, BudgetPlan> plans = new LinkedHashMap<>();
  private final Deque<Trial> ahead;
  private final Consumer<Trial> reached;

  /**
   * @param maxSteps where the row ends sooner than its budget
   * @param ahead smaller budgets, ascending; those that were told of are removed
   * @param reached told of each
   */
  MeteredGate(CostMeter meter, OptionalInt maxSteps, Deque<Trial> ahead, Consumer<Trial> reached) {
    this.meter = meter;
    this.maxSteps = maxSteps;
    this.ahead = ahead;
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
    return step <= maxSteps.orElse(step) && meter.admitsStep();
  }

  @Override
  public void stepped(StepMetric metric) {
    meter.stepDone();
  }
}
