package io.buckbench.trial;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.input.InvalidInputException;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepGate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Serves the milestones of a training, each as soon as its budget does not allow the next step. The
 * meter is paused meanwhile. This gate never ends the training, not even if a milestone's budget
 * does not pay for the first step.
 */
final class MilestoneGate implements StepGate {
  private final CostMeter meter;
  private final Map<Trial, BudgetPlan> plans = new LinkedHashMap<>();
  private final Deque<Trial> remaining;
  private final Consumer<Trial> reached;
  private final BiConsumer<Trial, InvalidInputException> tooSmall;

  /**
   * @param milestones in ascending order of budget
   * @param reached called for each milestone that paid for a step
   * @param tooSmall called for each of the others, with the reason
   */
  MilestoneGate(
      CostMeter meter,
      List<Trial> milestones,
      Consumer<Trial> reached,
      BiConsumer<Trial, InvalidInputException> tooSmall) {
    this.meter = meter;
    this.tooSmall = tooSmall;
    this.remaining = new ArrayDeque<>(milestones);
    this.reached = reached;
    milestones.forEach(trial -> plans.put(trial, trial.configuration().plan()));
  }

  @Override
  public boolean mayStep(int step) {
    while (!remaining.isEmpty() && ended(remaining.peek())) {
      remaining.remove();
    }
    return true;
  }

  /** Whether a milestone's budget does not allow the next step; the milestone is then served. */
  private boolean ended(Trial milestone) {
    try {
      if (meter.admitsStep(plans.get(milestone))) {
        return false;
      }
    } catch (InvalidInputException e) {
      tooSmall.accept(milestone, e);
      return true;
    }
    meter.pause();
    reached.accept(milestone);
    meter.resume();
    return true;
  }

  /** Serves the remaining milestones, after a training that ended with a diverging step. */
  void serveRest() {
    remaining.forEach(reached);
  }
}
