package io.buckbench.promise;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Stall;
import io.buckbench.train.StepMetric;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The promises, in display order. */
public enum Promise {
  /** The trial did not fail. */
  COMPLETED("the trial completed", "correct the cause and run it again", Promise::completed),
  /** A step that mixed precision skipped changed nothing, so it breaks no promise. */
  LOSSES_FINITE(
      "losses and gradients are finite",
      "lower the learning rate, lengthen the warm-up or clip the gradient's norm",
      Promise::losses),
  /** Of the base model and of the adapter, after training. */
  PARAMETERS_FINITE(
      "parameters are finite",
      "lower the learning rate; if it is the base model's own, fetch the model again",
      Promise::parameters),
  /** The logits from which the answers were generated. */
  LOGITS_FINITE(
      "logits are finite",
      "correct the parameters if they are not finite; otherwise use precision float32",
      Promise::logits),
  /** Of the metered clock, whose budget is money. Only a {@link Stall} may break it. */
  BUDGET_KEPT(
      "the budget was kept",
      "run it again on a machine that does nothing else, or raise usd",
      Promise::budget,
      BudgetClock.METERED),
  /**
   * Of the planned clock, whose budget is a number of steps. Their seconds and dollars are those of
   * the recorded speed; a slower machine needs more, which is reported and breaks no promise.
   */
  STEPS_KEPT(
      "no step was taken beyond the plan",
      "report it: the training did not stop where it was planned",
      Promise::steps,
      BudgetClock.PLANNED),
  /** Full fine-tuning may change them. */
  BASE_UNCHANGED(
      "the base weights are bit-equal",
      "use no number of it and report the method: it writes to frozen weights",
      Promise::base),
  /** Even one leaked array per trial exhausts the memory in a long suite. */
  NOTHING_LEAKED(
      "no arrays were left alive",
      "report the method: its numbers are right, but memory grows from trial to trial",
      Promise::arrays),
  /** Every test item counts once. */
  ANSWERED_ONCE(
      "every test item was answered once",
      "give each row of the data its own id",
      Promise::answers);

  private final String sentence;
  private final String todo;
  private final Function<Work, String> check;
  private final Optional<BudgetClock> clock;

  Promise(String sentence, String todo, Function<Work, String> check) {
    this(sentence, todo, check, Optional.empty());
  }

  Promise(String sentence, String todo, Function<Work, String> check, BudgetClock clock) {
    this(sentence, todo, check, Optional.of(clock));
  }

  Promise(String sentence, String todo, Function<Work, String> check, Optional<BudgetClock> clock) {
    this.sentence = sentence;
    this.todo = todo;
    this.check = check;
    this.clock = clock;
  }

  /** Whether the promise is about such work; a promise of one clock is not about the other. */
  boolean appliesTo(Work work) {
    return clock.isEmpty() || work.cost().map(CostLedger::clock).equals(clock);
  }

  /** What broke the promise; empty if it was kept or does not apply. */
  String broken(Work work) {
    return check.apply(work);
  }

  /** What to do if the promise was broken. */
  public String todo() {
    return todo;
  }

  /** The promise as a sentence. */
  @Override
  public String toString() {
    return sentence;
  }

  private static String completed(Work work) {
    return when(!work.failure().isEmpty(), "it failed: " + work.failure());
  }

  private static String losses(Work work) {
    return work.steps().stream()
        .filter(
            s -> !Double.isFinite(s.loss()) || !Double.isFinite(s.gradientNorm()) && !s.skipped())
        .findFirst()
        .map(
            s ->
                "step %d of %d has loss %s and gradient norm %s"
                    .formatted(s.step(), work.steps().size(), s.loss(), s.gradientNorm()))
        .orElse(when(!work.divergence().isEmpty(), "it diverged: " + work.divergence()));
  }

  private static String parameters(Work work) {
    Inspection seen = work.inspection();
    return when(
        seen.nonFiniteParameters() != 0,
        seen.nonFiniteParameters() + " numbers are not, the first in " + seen.firstNonFinite());
  }

  private static String logits(Work work) {
    long found = work.inspection().nonFiniteAnswers();
    return when(found != 0, found + " answers were chosen by logits that are not");
  }

  private static String budget(Work work) {
    CostLedger cost = work.cost().orElseThrow();
    return when(
        cost.overspent(),
        "$%s were spent of $%s, %s"
            .formatted(
                cost.spentUsd().toPlainString(),
                cost.budgetUsd().toPlainString(),
                cost.overspending()));
  }

  private static String steps(Work work) {
    int planned = work.cost().orElseThrow().plannedSteps();
    int taken = work.steps().stream().mapToInt(StepMetric::step).max().orElse(0);
    return when(taken > planned, "the plan bought " + planned + " steps, " + taken + " were taken");
  }

  private static String base(Work work) {
    return when(
        !work.inspection().baseUnchanged(), "training an adapter changed the frozen base weights");
  }

  private static String arrays(Work work) {
    long leaked = work.inspection().leakedArrays();
    return when(leaked != 0, leaked + " arrays are alive that were not there before the trial");
  }

  private static String answers(Work work) {
    if (work.answers().isEmpty()) {
      return "";
    }
    List<String> ids = work.answers().get().stream().map(p -> p.id()).toList();
    long distinct = ids.stream().distinct().count();
    return ids.isEmpty()
        ? "the trial completed without a single answer"
        : when(
            distinct < ids.size(),
            ids.size() + " answers to " + distinct + " different test items");
  }

  private static String when(boolean broken, String found) {
    return broken ? found : "";
  }
}
