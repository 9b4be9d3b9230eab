package io.buckbench.trial;

import io.buckbench.budget.BelowFirstStepException;
import io.buckbench.budget.CostMeter;
import io.buckbench.budget.Phase;
import io.buckbench.eval.AnswerScorer;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.promise.Inspector;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.SideEffects;
import io.buckbench.record.StoreWriteException;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.WeightDigest;
import io.buckbench.train.DivergedException;
import io.buckbench.train.MeteredGate;
import io.buckbench.train.StepGate;
import io.buckbench.train.StepMetric;
import io.buckbench.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The part of a trial that needs a model: load, attach, train, evaluate, save.
 *
 * @param measured receives the trial's measurements
 * @param milestones receives the measurements of the milestones that were served or refused
 * @param sideEffects measures what else the training changed
 * @param keeper keeps what a stopped training continues from
 */
record ModelTrial(
    Measurements measured,
    Map<Trial, Measurements> milestones,
    Inspector inspector,
    SideEffectMeter sideEffects,
    Function<Trial, Path> adapterDirectories,
    TrialListener listener,
    TrainingKeeper keeper) {

  void run(PreparedData data, int plannedSteps) {
    Configuration configuration = measured.trial.configuration();
    try (CausalLM model = configuration.loadModel()) {
      measured.meter.end();
      inspector.loaded(model.parameters());
      measured.totalParameters = WeightDigest.count(model.parameters());
      double before = sideEffects.before(configuration, model, data.tokenizer().orElseThrow());
      if (configuration.method().trains()) {
        train(model, data, plannedSteps, before);
      } else {
        ask(measured, model, Seams.none(), List.of(), data);
        SideEffects seen = seen(measured, before, model, Seams.none(), data);
        measured.sideEffects = sideEffects.timed(seen, configuration, model, data);
      }
    }
  }

  private void train(CausalLM model, PreparedData data, int plannedSteps, double before) {
    Trial trial = measured.trial;
    CostMeter meter = measured.meter;
    AdapterTraining training = new AdapterTraining(trial, plannedSteps);
    meter.begin(Phase.LOAD);
    try (Adapter adapter = training.attach(model, data.tokenizer().orElseThrow())) {
      meter.end();
      // Full fine-tuning trains the base model itself and adds no parameters.
      boolean full = adapter.parameters().equals(model.parameters());
      measured.trainableParameters = WeightDigest.count(adapter.parameters());
      measured.totalParameters += full ? 0 : measured.trainableParameters;
      MilestoneGate milestoneGate =
          new MilestoneGate(
              meter,
              trial.milestones(),
              milestone -> {
                Measurements reached = measured.at(milestone);
                conclude(reached, model, adapter, data, before);
                ended(reached);
              },
              (milestone, why) -> ended(measured.unaffordable(milestone, why)));
      int maxSteps = trial.configuration().maxSteps().orElse(Integer.MAX_VALUE);
      StepGate gate = milestoneGate.and(StepGate.steps(maxSteps)).and(new MeteredGate(meter));
      meter.begin(Phase.TRAIN);
      try {
        training.train(
            model, adapter, data, gate, this::stepped, resumption(adapter, milestoneGate));
      } catch (DivergedException e) {
        // The weights are those before the diverging step; they are evaluated all the same.
        measured.end(RunStatus.DIVERGED, e);
      } catch (BelowFirstStepException e) {
        // Smaller budgets do not pay for the first step either.
        measured.end(RunStatus.UNAFFORDABLE, e);
        meter.end();
        milestoneGate.refuse();
        return;
      }
      meter.end();
      // Milestones after a diverging step would have diverged too.
      milestoneGate.serveRest();
      conclude(measured, model, adapter, data, before);
    }
  }

  /** A milestone was served or refused. */
  private void ended(Measurements milestone) {
    milestones.put(milestone.trial, milestone);
    keeper.milestones().keep(milestone, adapterDirectories.apply(milestone.trial));
  }

  private boolean endedEarlier(Trial milestone) {
    Optional<RunRecord> kept =
        keeper.milestones().restore(milestone, adapterDirectories.apply(milestone));
    kept.ifPresent(record -> milestones.put(milestone, measured.earlier(milestone, record)));
    return kept.isPresent();
  }

  private void stepped(StepMetric metric) {
    measured.steps.add(metric);
    listener.stepped(measured.trial, metric, measured.meter.spentUsd());
  }

  private AdapterTraining.Resumption resumption(Adapter adapter, MilestoneGate gate) {
    WeightTrace trace =
        WeightTrace.of(adapterDirectories.apply(measured.trial).toAbsolutePath().getParent());
    return new AdapterTraining.Resumption() {
      @Override
      public void begin(Trainer trainer) {
        keeper.resume(trainer, measured.meter).forEach(ModelTrial.this::stepped);
        gate.skip(ModelTrial.this::endedEarlier);
      }

      @Override
      public void stepped(Trainer trainer) {
        trace.stepped(trainer.steps(), adapter.parameters(), measured.meter);
        keeper.stepped(trainer, measured.meter, measured.steps, measured.trial.toString());
      }

      @Override
      public void end(Trainer trainer) {
        keeper.ended(trainer, measured.meter, measured.steps);
      }
    };
  }

  /** Evaluates the model as it is now, writes the adapter, and measures what else it does. */
  private void conclude(
      Measurements reached, CausalLM model, Adapter adapter, PreparedData data, double before) {
    reached.trainableSha256 = WeightDigest.of(adapter.parameters());
    ask(reached, model, adapter.seams(), adapter.parameters(), data);
    Path directory = adapterDirectories.apply(reached.trial);
    String name = reached.trial.configuration().model().orElseThrow().id();
    StoreWriteException.keeping(
        directory, folder -> AdapterDirectory.save(folder, adapter, model.architecture(), name));
    SideEffects seen = seen(reached, before, model, adapter.seams(), data);
    reached.sideEffects =
        sideEffects.timed(seen, reached.trial.configuration(), model, adapter, data);
  }

  private SideEffects seen(
      Measurements reached, double before, CausalLM model, Seams seams, PreparedData data) {
    return sideEffects.after(
        reached.trial.configuration(),
        before,
        model,
        seams,
        data.tokenizer().orElseThrow(),
        adapterDirectories.apply(reached.trial));
  }

  private void ask(
      Measurements reached,
      CausalLM model,
      Seams seams,
      List<Parameter> trained,
      PreparedData data) {
    Configuration configuration = reached.trial.configuration();
    reached.meter.begin(Phase.EVALUATE);
    AnswerScorer scorer =
        new AnswerScorer(model, seams, data.tokenizer().orElseThrow(), data.answers());
    reached.predictions =
        scorer.answer(
            data.test(),
            data.prompts(),
            configuration.maxNewTokens(),
            configuration.testBatchSize(),
            items -> listener.answered(reached.trial, items, data.test().size()));
    reached.data = reached.data.alone(scorer.alone(data.alone()));
    reached.meter.end();
    reached.inspection = inspector.inspect(model.parameters(), trained, scorer.nonFinite());
  }
}
