package io.buckbench.experiment;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.data.BatchOptions;
import io.buckbench.data.Batches;
import io.buckbench.data.TokenBatch;
import io.buckbench.data.Tokenizer;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.train.DivergedException;
import io.buckbench.train.StepBatches;
import io.buckbench.train.StepMetric;
import io.buckbench.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Trains an experiment's method under its budget. */
final class AdapterTraining {
  private final Trial trial;
  private final TrainingSettings settings;
  private final BudgetPlan plan;
  private final CostMeter meter;

  AdapterTraining(Trial trial, BudgetPlan plan, CostMeter meter) {
    this.trial = trial;
    this.settings = trial.experiment().training().orElseThrow();
    this.plan = plan;
    this.meter = meter;
  }

  /** Attaches the method to the model, at its published initialisation. */
  Adapter attach(CausalLM model, Tokenizer tokenizer) {
    return trial
        .experiment()
        .method()
        .config()
        .orElseThrow()
        .attach(model, trial.seed(), tokenizer::encode);
  }

  /**
   * Trains until the budget is used.
   *
   * @throws DivergedException at the first loss that is not finite
   */
  void train(CausalLM model, Adapter adapter, PreparedData data, Consumer<StepMetric> listener) {
    long padId = data.tokenizer().orElseThrow().padId();
    BatchOptions options =
        new BatchOptions(
            settings.batchSize(),
            trial.seed(),
            settings.padding(),
            settings.lossOn(),
            settings.bucketBatches());
    StepBatches batches = microBatches(new Batches(data.train(), options, padId));
    try (Trainer trainer =
        new Trainer(
            model,
            adapter.seams(),
            adapter.parameters(),
            settings.options(plan.steps(), trial.seed()))) {
      trainer.train(batches, new MeteredGate(meter, trial.experiment().maxSteps()), listener);
    }
  }

  private StepBatches microBatches(Batches batches) {
    int accumulation = settings.accumulation();
    return step -> {
      List<TokenBatch> micro = new ArrayList<>(accumulation);
      for (int i = 0; i < accumulation; i++) {
        micro.add(batches.at((step - 1L) * accumulation + i));
      }
      return micro;
    };
  }
}
