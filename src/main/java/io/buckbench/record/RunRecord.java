package io.buckbench.record;

import io.buckbench.budget.CostLedger;
import io.buckbench.eval.Prediction;
import io.buckbench.promise.Inspection;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.promise.Work;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The measurements of one trial; findings, charts and golden files are computed from them.
 *
 * @param suite the suite's name, for example {@code smoke}
 * @param configuration the configuration's id, unique in the suite
 * @param seed the trial's seed
 * @param status how the trial ended
 * @param failure why it did not complete; empty if it did
 * @param declared the configuration as it was declared
 * @param provenance what is needed to repeat the trial
 * @param trainableParameters number of trained parameters
 * @param totalParameters number of parameters of the base model and the adapter
 * @param trainableSha256 digest of the trained parameters' bytes after training; equal for a
 *     repeated run; empty if nothing was trained
 * @param inspection the state of the model after training and evaluation
 * @param truncated how many prompts were too long
 * @param data what the trial knew of its data set
 * @param steps every optimiser step
 * @param cost the cost ledger
 * @param predictions the answer to every test item, in the data set's order
 * @param sideEffects what else the training changed, and what its adapter needs
 */
public record RunRecord(
    String suite,
    String configuration,
    long seed,
    RunStatus status,
    String failure,
    Declaration declared,
    Provenance provenance,
    long trainableParameters,
    long totalParameters,
    String trainableSha256,
    Inspection inspection,
    Truncated truncated,
    DataFacts data,
    List<StepMetric> steps,
    CostLedger cost,
    List<Prediction> predictions,
    SideEffects sideEffects) {

  /** The recorded trial. */
  public TrialId id() {
    return new TrialId(suite, configuration, seed);
  }

  /** All promises, checked against this record. */
  public List<PromiseCheck> promises() {
    return PromiseCheck.all(work());
  }

  /** The promises that the trial broke. */
  public List<PromiseCheck> broken() {
    return PromiseCheck.broken(work());
  }

  private Work work() {
    boolean answers = status == RunStatus.COMPLETED || !predictions.isEmpty();
    return new Work(
        status == RunStatus.FAILED ? failure : "",
        status == RunStatus.DIVERGED ? failure : "",
        steps,
        Optional.of(cost),
        answers ? Optional.of(predictions) : Optional.empty(),
        inspection);
  }

  /** A copy of this record with another ending, other steps and other answers. */
  public RunRecord with(
      RunStatus how, String why, List<StepMetric> taken, List<Prediction> answers) {
    return new RunRecord(
        suite,
        configuration,
        seed,
        how,
        why,
        declared,
        provenance,
        trainableParameters,
        totalParameters,
        trainableSha256,
        inspection,
        truncated,
        data,
        taken,
        cost,
        answers,
        sideEffects);
  }

  /** Groups records by configuration in order of first appearance, each group sorted by seed. */
  public static Map<String, List<RunRecord>> byConfiguration(List<RunRecord> runs) {
    Map<String, List<RunRecord>> rows = new LinkedHashMap<>();
    runs.forEach(run -> rows.computeIfAbsent(run.configuration, id -> new ArrayList<>()).add(run));
    rows.values().forEach(row -> row.sort(Comparator.comparingLong(RunRecord::seed)));
    return rows;
  }
}
