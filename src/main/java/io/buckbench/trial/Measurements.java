package io.buckbench.trial;

import io.buckbench.budget.CostMeter;
import io.buckbench.eval.Prediction;
import io.buckbench.promise.Inspection;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.Truncated;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.List;

/** What a trial has measured so far; becomes its record however it ends. */
final class Measurements {
  RunStatus status = RunStatus.COMPLETED;
  String failure = "";
  long trainableParameters;
  long totalParameters;
  String trainableSha256 = "";
  Inspection inspection = Inspection.NONE;
  Truncated truncated = new Truncated(0, 0);
  final List<StepMetric> steps = new ArrayList<>();
  List<Prediction> predictions = List.of();

  /** The same as measured up to now, before anything was asked. */
  Measurements soFar() {
    Measurements copy = new Measurements();
    copy.status = status;
    copy.failure = failure;
    copy.trainableParameters = trainableParameters;
    copy.totalParameters = totalParameters;
    copy.truncated = truncated;
    copy.steps.addAll(steps);
    return copy;
  }

  void end(RunStatus how, Throwable why) {
    status = how;
    failure = why.getMessage() == null ? why.getClass().getName() : why.getMessage();
  }

  RunRecord record(Trial trial, Provenance provenance, CostMeter meter) {
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
        inspection,
        truncated,
        List.copyOf(steps),
        meter.ledger(),
        predictions);
  }
}
