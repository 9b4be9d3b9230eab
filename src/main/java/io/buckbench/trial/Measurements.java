package io.buckbench.trial;

import io.buckbench.budget.BelowFirstStepException;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.CostMeter;
import io.buckbench.eval.Prediction;
import io.buckbench.promise.Inspection;
import io.buckbench.record.DataFacts;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.SideEffects;
import io.buckbench.record.Truncated;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has been measured of a trial so far. It becomes the trial's record, however the trial ends.
 */
final class Measurements {
  final Trial trial;
  final CostMeter meter;
  RunStatus status = RunStatus.COMPLETED;
  String failure = "";
  long trainableParameters;
  long totalParameters;
  String trainableSha256 = "";
  Inspection inspection = Inspection.NONE;
  Truncated truncated = new Truncated(0, 0);
  DataFacts data = DataFacts.UNKNOWN;
  final List<StepMetric> steps = new ArrayList<>();
  List<Prediction> predictions = List.of();
  SideEffects sideEffects = SideEffects.NONE;

  /** What a milestone cost that an earlier process served; empty for what this process measures. */
  private Optional<CostLedger> earlierCost = Optional.empty();

  Measurements(Trial trial, CostMeter meter) {
    this.trial = trial;
    this.meter = meter;
  }

  /** The training so far as the measurements of a milestone, before the milestone's evaluation. */
  Measurements at(Trial milestone) {
    Measurements copy = new Measurements(milestone, meter.under(milestone.configuration().plan()));
    copy.status = status;
    copy.failure = failure;
    copy.trainableParameters = trainableParameters;
    copy.totalParameters = totalParameters;
    copy.truncated = truncated;
    copy.data = data;
    copy.steps.addAll(steps);
    return copy;
  }

  /** The measurements of a milestone that an earlier process of this training served. */
  Measurements earlier(Trial milestone, RunRecord kept) {
    Measurements earlier = new Measurements(milestone, meter);
    earlier.status = kept.status();
    earlier.failure = kept.failure();
    earlier.trainableParameters = kept.trainableParameters();
    earlier.totalParameters = kept.totalParameters();
    earlier.trainableSha256 = kept.trainableSha256();
    earlier.inspection = kept.inspection();
    earlier.truncated = kept.truncated();
    earlier.data = kept.data();
    earlier.steps.addAll(kept.steps());
    earlier.predictions = kept.predictions();
    earlier.sideEffects = kept.sideEffects();
    earlier.earlierCost = Optional.of(kept.cost());
    return earlier;
  }

  /** The measurements of a milestone whose budget does not pay for the first step. */
  Measurements unaffordable(Trial milestone, BelowFirstStepException why) {
    CostMeter own = meter.untrained(milestone.configuration().plan());
    Measurements refused = new Measurements(milestone, own);
    refused.totalParameters = totalParameters;
    refused.trainableParameters = trainableParameters;
    refused.truncated = truncated;
    refused.data = data;
    refused.end(RunStatus.UNAFFORDABLE, why);
    return refused;
  }

  void end(RunStatus how, Throwable why) {
    end(how, why.getMessage() == null ? why.getClass().getName() : why.getMessage());
  }

  void end(RunStatus how, String why) {
    status = how;
    failure = why;
  }

  /**
   * The record, after the model was closed.
   *
   * @param seen the completed inspection
   */
  RunRecord record(Provenance provenance, Inspection seen) {
    return new RunRecord(
        trial.suite(),
        trial.configuration().id(),
        trial.seed(),
        status,
        failure,
        trial.configuration().declared(),
        provenance,
        trainableParameters,
        totalParameters,
        trainableSha256,
        seen,
        truncated,
        data,
        List.copyOf(steps),
        earlierCost.orElseGet(meter::ledger),
        predictions,
        sideEffects);
  }
}
