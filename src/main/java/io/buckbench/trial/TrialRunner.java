package io.buckbench.trial;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.budget.Phase;
import io.buckbench.data.Answers;
import io.buckbench.eval.Prediction;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.promise.Inspection;
import io.buckbench.promise.Inspector;
import io.buckbench.record.Declaration;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.DeterministicAlgorithms;
import io.buckbench.tensor.PeakMemory;
import io.buckbench.tensor.Threads;
import io.buckbench.tensor.Torch;
import io.buckbench.train.StepMetric;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs trials: loads the base model, attaches the method, trains within the budget, evaluates and
 * records. Each trial loads the base model itself, so that its cost is real and no other trial can
 * have changed the weights.
 *
 * <p>A process must run one trial at a time, since PyTorch has one random stream.
 */
@SuppressWarnings("try") // both modes are used only for their close()
public final class TrialRunner implements AutoCloseable {
  private final DataPreparation preparation;
  private final ProvenanceSource provenance;
  private final BiConsumer<Trial, PreparedData> warmUp;
  private final SideEffectMeter sideEffects;

  /**
   * @param benchmarks the files that the configurations refer to
   */
  public TrialRunner(Benchmarks benchmarks) {
    this(benchmarks, 1);
  }

  /**
   * As above.
   *
   * @param workers number of processes that run trials at the same time, for the records
   */
  public TrialRunner(Benchmarks benchmarks, int workers) {
    this(benchmarks, workers, WarmUp.OF_PROCESS);
  }

  /**
   * As above.
   *
   * @param warmUp called before each trial with a model; its time belongs to no phase
   */
  TrialRunner(Benchmarks benchmarks, int workers, BiConsumer<Trial, PreparedData> warmUp) {
    this.warmUp = warmUp;
    this.preparation = new DataPreparation(benchmarks.dataSets());
    this.sideEffects = new SideEffectMeter(preparation);
    this.provenance = new ProvenanceSource(benchmarks, Clock.systemUTC(), workers);
  }

  /**
   * Checks that the files of a suite exist and fit, before any trial is run.
   *
   * @throws InvalidInputException with every problem
   */
  public void check(Suite suite) {
    Problems problems = new Problems();
    check(suite, problems);
    problems.throwIfAny();
  }

  /** Checks the files of a suite and adds what is wrong to other problems. */
  public void check(Suite suite, Problems problems) {
    new SuiteCheck(preparation, problems, false).check(suite);
  }

  /** The provenance of a trial's numbers if it were run now. */
  public Provenance provenance(Trial trial) {
    return provenance.of(trial.configuration());
  }

  /**
   * Runs a trial. A training that diverges or fails is recorded too, with the reason and everything
   * measured until then; so is a budget that turns out to be too small for one step.
   *
   * @param adapterDirectories the directory for each record's adapter, written in PEFT's layout
   * @return a record for each of {@link Trial#recorded}: the milestones, then the trial itself
   * @throws InvalidInputException if the files of the trial's provenance cannot be read
   */
  public List<RunRecord> run(
      Trial trial, Function<Trial, Path> adapterDirectories, TrialListener listener) {
    return run(trial, adapterDirectories, listener, TrainingKeeper.NONE);
  }

  /**
   * As above.
   *
   * @param keeper keeps what a stopped training continues from
   * @throws TrialStoppedException if the keeper was asked to stop; nothing is recorded
   */
  List<RunRecord> run(
      Trial trial,
      Function<Trial, Path> adapterDirectories,
      TrialListener listener,
      TrainingKeeper keeper) {
    Configuration configuration = trial.configuration();
    try (Threads threads = Threads.wanted(configuration.threads());
        DeterministicAlgorithms mode =
            DeterministicAlgorithms.wanted(configuration.deterministic())) {
      return run(trial, configuration, adapterDirectories, listener, keeper);
    }
  }

  private List<RunRecord> run(
      Trial trial,
      Configuration configuration,
      Function<Trial, Path> adapterDirectories,
      TrialListener listener,
      TrainingKeeper keeper) {
    BudgetPlan plan = configuration.plan();
    Provenance from = provenance(trial);
    Torch.emptyCache();
    PeakMemory.ofThisProcess().reset();
    // No explicit wait for the device: the trainer and generation wait for their results.
    CostMeter meter = new CostMeter(configuration.where(), plan, System::nanoTime, () -> {});
    Measurements measured = new Measurements(trial, meter);
    Map<Trial, Measurements> milestones = new LinkedHashMap<>();
    Inspector inspector = new Inspector();
    listener.started(trial, plan);
    try {
      meter.begin(Phase.LOAD);
      PreparedData data = preparation.prepare(configuration, trial.seed());
      measured.truncated = data.truncated();
      measured.data = data.facts();
      if (configuration.model().isEmpty()) {
        meter.begin(Phase.EVALUATE);
        measured.predictions = baseline(configuration, data);
      } else {
        meter.pause();
        try {
          warmUp.accept(trial, data);
        } finally {
          meter.resume();
        }
        new ModelTrial(
                measured, milestones, inspector, sideEffects, adapterDirectories, listener, keeper)
            .run(data, plan.steps());
      }
    } catch (TrialStoppedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // An error too ends only this trial.
      measured.end(RunStatus.FAILED, e);
    }
    meter.end();
    List<RunRecord> records = new ArrayList<>();
    for (Trial milestone : trial.milestones()) {
      // A milestone that a failed training did not reach has failed too.
      Measurements reached = milestones.computeIfAbsent(milestone, measured::at);
      records.add(
          reached.record(
              provenance.of(milestone.configuration(), from),
              inspector.closed(reached.inspection)));
    }
    records.add(measured.record(from, inspector.closed(measured.inspection)));
    return List.copyOf(records);
  }

  /**
   * Records a trial whose process ended before it could do so. Its milestones have failed too.
   *
   * @param startedAt when the trial started
   * @param steps the steps that were seen of it
   * @param spentUsd what it had been charged with the last of them, in all its processes; it counts
   *     as time of training
   * @param failure why it ended
   * @return a record for each of {@link Trial#recorded}: the milestones, then the trial itself
   */
  public List<RunRecord> lost(
      Trial trial, Instant startedAt, List<StepMetric> steps, BigDecimal spentUsd, String failure) {
    BudgetPlan plan = trial.configuration().plan();
    long[] nanos = {0};
    CostMeter meter = new CostMeter(trial.configuration().where(), plan, () -> nanos[0], () -> {});
    if (!steps.isEmpty()) {
      meter.begin(Phase.TRAIN);
      nanos[0] =
          spentUsd.signum() == 0
              ? Math.round(1e9 * steps.stream().mapToDouble(StepMetric::seconds).sum())
              : Math.round(1e9 * plan.card().seconds(spentUsd).doubleValue());
      meter.end();
    }
    Measurements measured = new Measurements(trial, meter);
    measured.steps.addAll(steps);
    measured.end(RunStatus.FAILED, failure);
    return Stream.concat(trial.milestones().stream().map(measured::at), Stream.of(measured))
        .map(
            end -> end.record(provenance.of(end.trial.configuration(), startedAt), Inspection.NONE))
        .toList();
  }

  /** The same answer to each item: yes, or the commonest of training. */
  private static List<Prediction> baseline(Configuration configuration, PreparedData data) {
    Answers answers = data.answers();
    boolean yes = configuration.method().name().equals(Declaration.ALL_YES);
    String word = yes ? Answers.YES_NO.word(0) : answers.word(answers.commonest());
    return data.test().stream()
        .map(e -> Prediction.withoutModel(e.id(), e.level(), answers, e.answer(), word))
        .toList();
  }

  /** Frees the tokenizers. */
  @Override
  public void close() {
    preparation.close();
  }
}
