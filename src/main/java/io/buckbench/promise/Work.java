package io.buckbench.promise;

import io.buckbench.budget.CostLedger;
import io.buckbench.eval.Prediction;
import io.buckbench.train.StepMetric;
import java.util.List;
import java.util.Optional;

/**
 * What promises are checked on: a trial, or a training or an evaluation alone.
 *
 * @param failure why it broke off, or the empty string
 * @param divergence why the training stopped at a number that is not finite, or the empty string
 * @param steps every optimiser step; none where nothing was trained
 * @param cost the ledger; empty where no budget was set
 * @param answers one for each test item; empty where no answers were to be given
 * @param inspection what was seen of the model
 */
public record Work(
    String failure,
    String divergence,
    List<StepMetric> steps,
    Optional<CostLedger> cost,
    Optional<List<Prediction>> answers,
    Inspection inspection) {
  /** A training alone. */
  public static Work training(
      String divergence, List<StepMetric> steps, Optional<CostLedger> cost, Inspection seen) {
    return new Work("", divergence, steps, cost, Optional.empty(), seen);
  }

  /** An evaluation alone. */
  public static Work evaluation(List<Prediction> answers, Inspection seen) {
    return new Work("", "", List.of(), Optional.empty(), Optional.of(answers), seen);
  }
}
