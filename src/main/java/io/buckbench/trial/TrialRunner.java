package io.buckbench.trial;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.budget.Phase;
import io.buckbench.eval.AnswerScorer;
import io.buckbench.eval.Prediction;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.promise.Inspector;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.DeterministicAlgorithms;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Torch;
import io.buckbench.tensor.WeightDigest;
import io.buckbench.train.DivergedException;
import io.buckbench.train.MeteredGate;
import io.buckbench.train.StepGate;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs trials: load the base model, attach, train under the budget, ask, record. The base model is
 * read anew for each trial, so that its cost is real and no trial sees what another did to it.
 *
 * <p>One trial at a time in a process: PyTorch has one random stream.
 */
@SuppressWarnings("try") // a mode is opened for what its closing does
public final class TrialRunner implements AutoCloseable {
  private final DataPreparation preparation;
  private final ProvenanceSource provenance;
  private final BiConsumer<Trial, PreparedData> warmUp;

  /**
   * @param benchmarks what the trials' rows refer to
   */
  public TrialRunner(Benchmarks benchmarks) {
    this(benchmarks, WarmUp.OF_PROCESS);
  }

  /**
   * As above.
   *
   * @param warmUp called before each trial with a model; its time belongs to no phase
   */
  TrialRunner(Benchmarks benchmarks, BiConsumer<Trial, PreparedData> warmUp) {
    this.warmUp = warmUp;
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
    return provenance.of(trial.configuration());
  }

  /**
   * Runs a trial. A training that diverges or breaks gives a record too, with its reason and all
   * that was measured.
   *
   * @param adapterDirectories where the trained adapter of each record is written, in PEFT's layout
   * @return a record for each of {@link Trial#recorded}: the smaller budgets that it served, and
   *     last its own
   * @throws InvalidInputException for a budget that turns out to be below the first step, and for
   *     inputs that {@link #check} would have refused
   */
  public List<RunRecord> run(
      Trial trial, Function<Trial, Path> adapterDirectories, TrialListener listener) {
    Configuration configuration = trial.configuration();
    try (DeterministicAlgorithms mode =
        DeterministicAlgorithms.wanted(configuration.deterministic())) {
      return run(trial, configuration, adapterDirectories, listener);
    }
  }

  private List<RunRecord> run(
      Trial trial,
      Configuration configuration,
      Function<Trial, Path> adapterDirectories,
      TrialListener listener) {
    BudgetPlan plan = configuration.plan();
    Provenance from = provenance(trial);
    Torch.emptyCache();
    // The trainer waits for the device after each step, and generation reads its results.
    CostMeter meter = new CostMeter(configuration.where(), plan, System::nanoTime, () -> {});
    Outcome outcome = new Outcome(trial, meter, new Measurements());
    Map<Trial, Outcome> milestones = new LinkedHashMap<>();
    Inspector inspector = new Inspector();
    listener.started(trial, plan);
    try {
      meter.begin(Phase.LOAD);
      PreparedData data = preparation.prepare(configuration);
      outcome.measured().truncated = data.truncated();
      if (configuration.model().isEmpty()) {
        meter.begin(Phase.EVALUATE);
        outcome.measured().predictions = alwaysYes(data);
      } else {
        meter.pause();
        try {
          warmUp.accept(trial, data);
        } finally {
          meter.resume();
        }
        new ModelTrial(outcome, milestones, inspector, adapterDirectories, listener)
            .run(data, plan.steps());
      }
    } catch (InvalidInputException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      outcome.measured().end(RunStatus.FAILED, e);
    }
    meter.end();
    List<RunRecord> records = new ArrayList<>();
    for (Trial smaller : trial.milestones()) {
      // One that a broken training did not reach broke with it.
      Outcome reached = milestones.computeIfAbsent(smaller, outcome::at);
      records.add(reached.record(provenance.of(smaller.configuration(), from), inspector));
    }
    records.add(outcome.record(from, inspector));
    return List.copyOf(records);
  }

  private static List<Prediction> alwaysYes(PreparedData data) {
    return data.test().stream()
        .map(e -> new Prediction(e.id(), e.level(), e.answer(), "yes", Double.NaN, Double.NaN))
        .toList();
  }

  /** What became of a trial, and what it cost. */
  private record Outcome(Trial trial, CostMeter meter, Measurements measured) {
    /** The same training as a smaller budget has it. */
    Outcome at(Trial smaller) {
      return new Outcome(smaller, meter.under(smaller.configuration().plan()), measured.soFar());
    }

    RunRecord record(Provenance from, Inspector inspector) {
      measured.inspection = inspector.closed(measured.inspection);
      return measured.record(trial, from, meter);
    }
  }

  /**
   * The part of a trial that needs a model.
   *
   * @param milestones filled with the smaller budgets that were served
   */
  private record ModelTrial(
      Outcome outcome,
      Map<Trial, Outcome> milestones,
      Inspector inspector,
      Function<Trial, Path> adapterDirectories,
      TrialListener listener) {

    void run(PreparedData data, int plannedSteps) {
      Configuration configuration = outcome.trial.configuration();
      try (CausalLM model = configuration.loadModel()) {
        outcome.meter.end();
        inspector.loaded(model.parameters());
        outcome.measured.totalParameters = WeightDigest.count(model.parameters());
        if (configuration.method().trains()) {
          train(model, data, plannedSteps);
        } else {
          ask(outcome, model, Seams.none(), List.of(), data);
        }
      }
    }

    private void train(CausalLM model, PreparedData data, int plannedSteps) {
      Trial trial = outcome.trial;
      CostMeter meter = outcome.meter;
      Measurements measured = outcome.measured;
      AdapterTraining training = new AdapterTraining(trial, plannedSteps);
      meter.begin(Phase.LOAD);
      try (Adapter adapter = training.attach(model, data.tokenizer().orElseThrow())) {
        meter.end();
        // Full fine-tuning trains the base itself and adds nothing.
        boolean whole = adapter.parameters().equals(model.parameters());
        measured.trainableParameters = WeightDigest.count(adapter.parameters());
        measured.totalParameters += whole ? 0 : measured.trainableParameters;
        Consumer<Outcome> conclude = reached -> conclude(reached, model, adapter, data);
        MilestoneGate smallerBudgets =
            new MilestoneGate(
                meter,
                trial.milestones(),
                smaller -> {
                  Outcome reached = outcome.at(smaller);
                  conclude.accept(reached);
                  milestones.put(smaller, reached);
                });
        int maxSteps = trial.configuration().maxSteps().orElse(Integer.MAX_VALUE);
        StepGate gate = smallerBudgets.and(StepGate.steps(maxSteps)).and(new MeteredGate(meter));
        meter.begin(Phase.TRAIN);
        try {
          training.train(
              model,
              adapter,
              data,
              gate,
              metric -> {
                measured.steps.add(metric);
                listener.stepped(trial, metric, meter.spentUsd());
              });
        } catch (DivergedException e) {
          // The weights are those before the bad step; what they answer is part of the outcome.
          measured.end(RunStatus.DIVERGED, e);
        }
        meter.end();
        // Smaller budgets that end after a diverging step would have met it too.
        smallerBudgets.serveRest();
        conclude.accept(outcome);
      }
    }

    /** Asks the model as it is now and writes the adapter. */
    private void conclude(Outcome reached, CausalLM model, Adapter adapter, PreparedData data) {
      Measurements measured = reached.measured;
      measured.trainableSha256 = WeightDigest.of(adapter.parameters());
      ask(reached, model, adapter.seams(), adapter.parameters(), data);
      Path directory = adapterDirectories.apply(reached.trial);
      String name = reached.trial.configuration().model().orElseThrow().id();
      AdapterDirectory.save(directory, adapter, model.architecture(), name);
    }

    private void ask(
        Outcome reached, CausalLM model, Seams seams, List<Parameter> trained, PreparedData data) {
      Configuration configuration = reached.trial.configuration();
      reached.meter.begin(Phase.EVALUATE);
      AnswerScorer scorer = new AnswerScorer(model, seams, data.tokenizer().orElseThrow());
      reached.measured.predictions =
          scorer.answer(
              data.test(),
              data.prompts(),
              configuration.maxNewTokens(),
              configuration.testBatchSize(),
              rows -> listener.answered(reached.trial, rows, data.test().size()));
      reached.meter.end();
      reached.measured.inspection =
          inspector.inspect(model.parameters(), trained, scorer.nonFinite());
    }
  }

  /** Frees the tokenizers. */
  @Override
  public void close() {
    preparation.close();
  }
}
