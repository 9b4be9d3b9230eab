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
 * One trial, as it was measured: the raw material of every finding, chart and golden file.
 *
 * @param suite the suite's name, for example {@code smoke}
 * @param configuration the row's id, unique in the suite
 * @param seed the trial's seed
 * @param status how it ended
 * @param failure why it did not complete, or the empty string
 * @param declared the configuration's row
 * @param provenance what it takes to run this again
 * @param trainableParameters how many numbers were trained
 * @param totalParameters base model and adapter together
 * @param trainableSha256 digest of the trained parameters' bytes at the end; equal for a repeated
 *     run; empty where nothing was trained
 * @param inspection what was seen of the model after training and evaluation
 * @param truncated prompts that were too long
 * @param steps every optimiser step
 * @param cost the ledger
 * @param predictions every row that was asked, in the data set's order
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
    List<StepMetric> steps,
    CostLedger cost,
    List<Prediction> predictions) {

  /** The trial that it records. */
  public TrialId id() {
    return new TrialId(suite, configuration, seed);
  }

  /** Every promise, checked on what the record holds. */
  public List<PromiseCheck> promises() {
    return PromiseCheck.all(work());
  }

  /** The promises that the trial broke; none is what it should be. */
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

  /** The same trial as if it had ended so and given these answers; no steps are known of it. */
  public RunRecord answering(RunStatus how, List<Prediction> answers) {
    return new RunRecord(
        suite,
        configuration,
        seed,
        how,
        "",
        declared,
        provenance,
        trainableParameters,
        totalParameters,
        trainableSha256,
        inspection,
        truncated,
        List.of(),
        cost,
        answers);
  }

  /** Records by configuration, in the order in which these first appear; each row's by seed. */
  public static Map<String, List<RunRecord>> byConfiguration(List<RunRecord> runs) {
    Map<String, List<RunRecord>> rows = new LinkedHashMap<>();
    runs.forEach(run -> rows.computeIfAbsent(run.configuration, id -> new ArrayList<>()).add(run));
    rows.values().forEach(row -> row.sort(Comparator.comparingLong(RunRecord::seed)));
    return rows;
  }
}
