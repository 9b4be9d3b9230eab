package io.buckbench.trial;

import io.buckbench.budget.BelowFirstStepException;
import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepGate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Serves the milestones of a training, each as soon as its budget does not allow the next step. The
 * meter is paused meanwhile. A milestone whose budget does not pay for the first step is refused.
 * This gate never ends the training.
 */
final class MilestoneGate implements StepGate {
  private final CostMeter meter;
  private final Map<Trial, BudgetPlan> plans = new LinkedHashMap<>();
  private final Deque<Trial> remaining;
  private final Consumer<Trial> reached;
  private final BiConsumer<Trial, BelowFirstStepException> refused;

  /**
   * @param milestones in ascending order of budget
   * @param reached called for each milestone that is served
   * @param refused called for each milestone that is not
   */
  MilestoneGate(
      CostMeter meter,
      List<Trial> milestones,
      Consumer<Trial> reached,
      BiConsumer<Trial, BelowFirstStepException> refused) {
    this.meter = meter;
    this.refused = refused;
    this.remaining = new ArrayDeque<>(milestones);
    this.reached = reached;
    milestones.forEach(trial -> plans.put(trial, trial.configuration().plan()));
  }

  @Override
  public boolean mayStep(int step) {
    refuse();
    while (!remaining.isEmpty() && !meter.admitsStep(plans.get(remaining.peek()))) {
      meter.pause();
      reached.accept(remaining.peek());
      remaining.remove();
      meter.resume();
    }
    return true;
  }

  /** Leaves out the milestones that an earlier process of this training has served or refused. */
  void skip(Predicate<Trial> ended) {
    while (!remaining.isEmpty() && ended.test(remaining.peek())) {
      remaining.remove();
    }
  }

  /** Refuses the milestones whose budgets do not pay for the first step. */
  void refuse() {
    while (!remaining.isEmpty()) {
      Optional<BelowFirstStepException> why = meter.belowFirstStep(plans.get(remaining.peek()));
      if (why.isEmpty()) {
        return;
      }
      refused.accept(remaining.remove(), why.get());
    }
  }

  /** Serves the remaining milestones, after a training that ended with a diverging step. */
  void serveRest() {
    remaining.forEach(reached);
  }
}
