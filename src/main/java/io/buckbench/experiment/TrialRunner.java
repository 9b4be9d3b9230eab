package io.buckbench.experiment;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.budget.Phase;
import io.buckbench.eval.AnswerScorer;
import io.buckbench.eval.Prediction;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.table.InvalidInputException;
import io.buckbench.table.Problems;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Torch;
import io.buckbench.train.DivergedException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Runs trials: load the base model, attach, train under the budget, ask, record. The base model is
 * read anew for each trial, so that its cost is real and no trial sees what another did to it.
 *
 * <p>One trial at a time in a process: PyTorch has one random stream.
 */
public final class TrialRunner implements AutoCloseable {
  private final DataPreparation preparation;
  private final ProvenanceSource provenance;

  /**
   * @param benchmarks what the trials' rows refer to
   */
  public TrialRunner(Benchmarks benchmarks) {
    this.preparation = new DataPreparation(benchmarks.dataSets());
    this.provenance = new ProvenanceSource(benchmarks, Clock.systemUTC());
  }

  /**
   * Makes sure that the files a suite names are there and fit, before anything of it is run.
   *
   * @throws InvalidInputException with everything that is wrong
   */
  public void check(Suite suite) {
    Problems problems = new Problems();
    check(suite, problems);
    problems.throwIfAny();
  }

  /** The same, noting what is wrong beside what was found in the declarations. */
  public void check(Suite suite, Problems problems) {
    new SuiteCheck(preparation, problems).check(suite);
  }

  /** Where a trial's numbers would come from if it were run now. */
  public Provenance provenance(Trial trial) {
    return provenance.of(trial.experiment());
  }

  /**
   * Runs a trial. A training that diverges or breaks gives a record too, with its reason and all
   * that was measured.
   *
   * @param adapterDirectory where the trained adapter is written, in PEFT's layout
   * @throws InvalidInputException for a budget that turns out to be below the first step, and for
   *     inputs that {@link #check} would have refused
   */
  public RunRecord run(Trial trial, Path adapterDirectory, TrialListener listener) {
    Experiment experiment = trial.experiment();
    BudgetPlan plan = experiment.plan();
    Provenance from = provenance(trial);
    // The trainer waits for the device after each step, generation reads its results.
    CostMeter meter = new CostMeter(experiment.where(), plan, System::nanoTime, () -> {});
    Measurements measured = new Measurements();
    int alive = Torch.liveArrays();
    listener.started(trial, plan);
    try {
      meter.begin(Phase.LOAD);
      PreparedData data = preparation.prepare(experiment);
      if (experiment.model().isEmpty()) {
        meter.begin(Phase.EVALUATE);
        measured.predictions = alwaysYes(data);
      } else {
        new ModelTrial(trial, plan, meter, measured, listener).run(data, adapterDirectory);
      }
    } catch (InvalidInputException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      measured.end(RunStatus.FAILED, e);
    }
    meter.end();
    measured.leakedArrays = Torch.liveArrays() - alive;
    return measured.record(trial, from, meter);
  }

  private static List<Prediction> alwaysYes(PreparedData data) {
    return data.test().stream()
        .map(e -> new Prediction(e.id(), e.level(), e.answer(), "yes", Double.NaN, Double.NaN))
        .toList();
  }

  /** The part of a trial that needs a model. */
  private record ModelTrial(
      Trial trial,
      BudgetPlan plan,
      CostMeter meter,
      Measurements measured,
      TrialListener listener) {

    void run(PreparedData data, Path adapterDirectory) {
      Experiment experiment = trial.experiment();
      Path directory = experiment.model().orElseThrow().directory();
      Precision precision = experiment.precision().on(Torch.computeCapability());
      try (CausalLM model = CausalLM.load(directory, precision, !experiment.trainsWeights())) {
        meter.end();
        List<Parameter> base = model.parameters();
        measured.totalParameters = WeightDigest.count(base);
        if (trial.experiment().method().trains()) {
          train(model, data, adapterDirectory);
        } else {
          String before = WeightDigest.of(base);
          evaluate(model, Seams.none(), data);
          measured.baseUnchanged = before.equals(WeightDigest.of(base));
        }
      }
    }

    private void train(CausalLM model, PreparedData data, Path adapterDirectory) {
      AdapterTraining training = new AdapterTraining(trial, plan, meter);
      String before = WeightDigest.of(model.parameters());
      meter.begin(Phase.LOAD);
      try (Adapter adapter = training.attach(model, data.tokenizer().orElseThrow())) {
        meter.end();
        // Full fine-tuning trains the base itself: nothing is added, nothing must stay.
        boolean whole = adapter.parameters().equals(model.parameters());
        measured.trainableParameters = WeightDigest.count(adapter.parameters());
        measured.totalParameters += whole ? 0 : measured.trainableParameters;
        meter.begin(Phase.TRAIN);
        try {
          training.train(
              model,
              adapter,
              data,
              metric -> {
                measured.steps.add(metric);
                listener.stepped(trial, metric, meter.spentUsd());
              });
        } catch (DivergedException e) {
          // The weights are those before the bad step; what they answer is part of the outcome.
          measured.end(RunStatus.DIVERGED, e);
        }
        meter.end();
        measured.trainableSha256 = WeightDigest.of(adapter.parameters());
        evaluate(model, adapter.seams(), data);
        measured.baseUnchanged = whole || before.equals(WeightDigest.of(model.parameters()));
        String name = trial.experiment().model().orElseThrow().id();
        AdapterDirectory.save(adapterDirectory, adapter, model.config(), name);
      }
    }

    private void evaluate(CausalLM model, Seams seams, PreparedData data) {
      Experiment experiment = trial.experiment();
      meter.begin(Phase.EVALUATE);
      measured.predictions =
          new AnswerScorer(model, seams, data.tokenizer().orElseThrow())
              .answer(
                  data.test(),
                  data.prompts(),
                  experiment.maxNewTokens(),
                  experiment.testBatchSize(),
                  rows -> listener.answered(trial, rows, data.test().size()));
      meter.end();
    }
  }

  /** Frees the tokenizers. */
  @Override
  public void close() {
    preparation.close();
  }
}
