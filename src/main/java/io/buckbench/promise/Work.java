package io.buckbench.promise;

import io.buckbench.budget.CostLedger;
import io.buckbench.eval.Prediction;
import io.buckbench.train.StepMetric;
import java.util.List;
import java.util.Optional;

/**
 * The work on which promises are checked: a trial, a training alone, or an evaluation alone.
 *
 * @param failure why the work failed, or empty
 * @param divergence why the training stopped at a number that is not finite, or empty
 * @param steps every optimiser step; none if nothing was trained
 * @param cost the ledger; empty if there was no budget
 * @param answers one for each test item; empty if nothing was evaluated
 * @param inspection the inspection of the model
 */
public record Work(
    String failure,
    String divergence,
    List<StepMetric> steps,
    Optional<CostLedger> cost,
    Optional<List<Prediction>> answers,
    Inspection inspection) {
  /** A training without evaluation. */
  public static Work training(
      String divergence, List<StepMetric> steps, Optional<CostLedger> cost, Inspection seen) {
    return new Work("", divergence, steps, cost, Optional.empty(), seen);
  }

  /** An evaluation without training. */
  public static Work evaluation(List<Prediction> answers, Inspection seen) {
    return new Work("", "", List.of(), Optional.empty(), Optional.of(answers), seen);
  }
}
