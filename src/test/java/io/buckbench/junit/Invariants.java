package io.buckbench.junit;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.train.StepMetric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What every trial promises, whatever it found out: the promises by name, each with what to say
 * when it is broken.
 */
public final class Invariants {
  private static final Map<String, Function<RunRecord, Optional<String>>> ALL =
      new LinkedHashMap<>();

  static {
    ALL.put("the trial completed", Invariants::completed);
    ALL.put("losses and gradients are finite", Invariants::finite);
    ALL.put("the budget was kept", Invariants::withinBudget);
    ALL.put("the base weights are bit-equal", Invariants::baseUnchanged);
    ALL.put("no arrays were left alive", Invariants::noLeaks);
    ALL.put("every test row was answered once", Invariants::answered);
  }

  private Invariants() {}

  /** Each promise with the empty string where it was kept, and what broke where it was not. */
  public static Map<String, String> of(RunRecord run) {
    Map<String, String> results = new LinkedHashMap<>();
    ALL.forEach((name, check) -> results.put(name, check.apply(run).orElse("")));
    return results;
  }

  private static Optional<String> completed(RunRecord run) {
    return when(run.status() == RunStatus.FAILED, "it failed: " + run.failure());
  }

  private static Optional<String> finite(RunRecord run) {
    return run.steps().stream()
        // A step that mixed precision skipped changed nothing; that is its rule, no failure.
        .filter(
            s -> !Double.isFinite(s.loss()) || !Double.isFinite(s.gradientNorm()) && !s.skipped())
        .findFirst()
        .map(
            s ->
                "step "
                    + s.step()
                    + " of "
                    + run.steps().size()
                    + " has loss "
                    + s.loss()
                    + " and gradient norm "
                    + s.gradientNorm())
        .or(() -> when(run.status() == RunStatus.DIVERGED, "it diverged: " + run.failure()));
  }

  /**
   * On the planned clock the promise is the number of steps that the plan bought, since a slower
   * machine's seconds are not the plan's; on the metered clock it is the money.
   */
  private static Optional<String> withinBudget(RunRecord run) {
    CostLedger cost = run.cost();
    int taken = run.steps().stream().mapToInt(StepMetric::step).max().orElse(0);
    if (cost.clock() == BudgetClock.PLANNED) {
      return when(
          taken > cost.plannedSteps(),
          "the plan bought " + cost.plannedSteps() + " steps, " + taken + " were taken");
    }
    return when(
        cost.spentUsd().compareTo(cost.budgetUsd()) > 0,
        "$"
            + cost.spentUsd().toPlainString()
            + " were spent of $"
            + cost.budgetUsd().toPlainString());
  }

  private static Optional<String> baseUnchanged(RunRecord run) {
    // Full fine-tuning is there to change them.
    boolean full = run.declared().method().equals("full");
    return when(
        !full && !run.baseUnchanged(), "training an adapter changed the frozen base weights");
  }

  private static Optional<String> noLeaks(RunRecord run) {
    return when(
        run.leakedArrays() != 0,
        run.leakedArrays() + " arrays are alive that were not there before the trial");
  }

  private static Optional<String> answered(RunRecord run) {
    List<String> ids = run.predictions().stream().map(p -> p.id()).toList();
    if (run.status() == RunStatus.COMPLETED && ids.isEmpty()) {
      return Optional.of("the trial completed without a single answer");
    }
    long distinct = ids.stream().distinct().count();
    return when(
        distinct < ids.size(), ids.size() + " answers to " + distinct + " different test rows");
  }

  private static Optional<String> when(boolean broken, String words) {
    return broken ? Optional.of(words) : Optional.empty();
  }
}
