package io.buckbench.trial;

import io.buckbench.data.BatchOptions;
import io.buckbench.data.Batches;
import io.buckbench.data.TokenBatch;
import io.buckbench.data.Tokenizer;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.suite.TrainingSettings;
import io.buckbench.suite.Trial;
import io.buckbench.train.DivergedException;
import io.buckbench.train.StepBatches;
import io.buckbench.train.StepGate;
import io.buckbench.train.StepMetric;
import io.buckbench.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Trains a configuration's method. */
public final class AdapterTraining {
  private final Trial trial;
  private final TrainingSettings settings;
  private final int plannedSteps;

  /**
   * @param plannedSteps the length of a learning rate schedule that ends
   */
  public AdapterTraining(Trial trial, int plannedSteps) {
    this.trial = trial;
    this.settings = trial.configuration().training().orElseThrow();
    this.plannedSteps = plannedSteps;
  }

  /** Attaches the method to the model, with its published initialisation. */
  public Adapter attach(CausalLM model, Tokenizer tokenizer) {
    return trial
        .configuration()
        .method()
        .config()
        .orElseThrow()
        .attach(model, trial.seed(), tokenizer::encode);
  }

  /** What is done with the trainer before and after the steps of a training. */
  interface Resumption {
    /** Neither resumes nor keeps anything. */
    Resumption NONE = new Resumption() {};

    /** Called before the first step. */
    default void begin(Trainer trainer) {}

    /** Called after each step, after the listener. */
    default void stepped(Trainer trainer) {}

    /** Called after the last step. */
    default void end(Trainer trainer) {}
  }

  /**
   * Trains until the gate closes.
   *
   * @throws DivergedException at the first loss that is not finite
   */
  public void train(
      CausalLM model,
      Adapter adapter,
      PreparedData data,
      StepGate gate,
      Consumer<StepMetric> listener) {
    train(model, adapter, data, gate, listener, Resumption.NONE);
  }

  void train(
      CausalLM model,
      Adapter adapter,
      PreparedData data,
      StepGate gate,
      Consumer<StepMetric> listener,
      Resumption resumption) {
    long padId = data.tokenizer().orElseThrow().padId();
    BatchOptions options =
        new BatchOptions(
            settings.batchSize(),
            trial.seed(),
            settings.padding(),
            settings.lossOn(),
            settings.bucketBatches());
    int extra = adapter.config().virtualTokens();
    StepBatches batches = microBatches(new Batches(data.train(), options, padId), extra);
    try (Trainer trainer = trainer(model, adapter)) {
      resumption.begin(trainer);
      trainer.train(
          batches,
          gate,
          metric -> {
            listener.accept(metric);
            resumption.stepped(trainer);
          });
      resumption.end(trainer);
    }
  }

  /**
   * Takes one step on a batch.
   *
   * @throws DivergedException if its loss is not finite
   */
  void step(CausalLM model, Adapter adapter, TokenBatch batch) {
    try (Trainer trainer = trainer(model, adapter)) {
      trainer.step(List.of(batch));
    }
  }

  private Trainer trainer(CausalLM model, Adapter adapter) {
    return new Trainer(
        model, adapter.seams(), adapter.parameters(), settings.options(plannedSteps, trial.seed()));
  }

  private StepBatches microBatches(Batches batches, int extra) {
    int accumulation = settings.accumulation();
    if (settings.batchTokens().isPresent()) {
      int most = settings.batchTokens().getAsInt();
      return step -> batches.packed((step - 1L) * accumulation, accumulation, most, extra);
    }
    return step -> {
      List<TokenBatch> micro = new ArrayList<>(accumulation);
      for (int i = 0; i < accumulation; i++) {
        micro.add(batches.at((step - 1L) * accumulation + i));
      }
      return micro;
    };
  }
}
