package io.buckbench.calibration;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.budget.Phase;
import io.buckbench.budget.SpeedOrigin;
import io.buckbench.data.Example;
import io.buckbench.data.TokenizedExample;
import io.buckbench.eval.AnswerScorer;
import io.buckbench.input.CsvRow;
import io.buckbench.input.Problems;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.promise.Inspection;
import io.buckbench.promise.Inspector;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.promise.Work;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.DeterministicAlgorithms;
import io.buckbench.tensor.Threads;
import io.buckbench.tensor.Torch;
import io.buckbench.train.DivergedException;
import io.buckbench.train.MeteredGate;
import io.buckbench.train.StepGate;
import io.buckbench.train.StepMetric;
import io.buckbench.trial.AdapterTraining;
import io.buckbench.trial.DataPreparation;
import io.buckbench.trial.DeviceClass;
import io.buckbench.trial.PreparedData;
import io.buckbench.trial.TrialRunner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Measures the speed of kinds of trials on this machine, with the same training loop, meter and
 * scorer as a trial: loading, uncounted warm-up steps, counted steps, and answers to test items.
 *
 * <p>The kinds are measured in turns: one round of each, then the next round of each. So a change
 * of the machine's load affects all kinds, and not only those that were measured at the time.
 */
@SuppressWarnings("try") // both modes are used only for their close()
public final class Calibration {
  /**
   * The amount of work to measure.
   *
   * @param rounds number of rounds
   * @param warmup number of uncounted steps at the start of a round
   * @param steps largest number of counted steps in a round
   * @param seconds time after which no further step of a round starts
   * @param testBatches batches of test items to answer in a round, after an uncounted one
   */
  public record Extent(int rounds, int warmup, int steps, double seconds, int testBatches) {
    /** Checks that something is measured. */
    public Extent {
      Problems problems = new Problems();
      problems.requireAtLeast(1, "--rounds", rounds);
      problems.requireAtLeast(0, "--warmup", warmup);
      problems.requireAtLeast(1, "--steps", steps);
      problems.requireAtLeast(1, "--test-batches", testBatches);
      if (!(seconds > 0)) {
        problems.add("--seconds", seconds + "", "above 0", "raise it");
      }
      problems.throwIfAny();
    }
  }

  private final Benchmarks benchmarks;
  private final Extent extent;

  /**
   * @param benchmarks the files that the configurations refer to
   */
  public Calibration(Benchmarks benchmarks, Extent extent) {
    this.benchmarks = benchmarks;
    this.extent = extent;
  }

  /**
   * Checks that the files of a suite exist and fit, before anything is measured.
   *
   * @throws io.buckbench.input.InvalidInputException with every problem
   */
  public void check(Suite suite) {
    try (TrialRunner runner = new TrialRunner(benchmarks)) {
      runner.check(suite);
    }
  }

  /**
   * The origin of speeds of a kind that this process measures.
   *
   * @param start when the calibration started; the same for all its processes
   * @param workers the processes that measure at the same time
   */
  public static SpeedOrigin origin(SpeedKind kind, Instant start, int workers) {
    int threads = kind.rows().get(0).threads();
    // The description ends with the threads, which have a column of their own.
    String machine = DeviceClass.here(threads).words().replaceFirst(", \\d+ threads?$", "");
    String instant = start.truncatedTo(ChronoUnit.SECONDS).toString();
    return new SpeedOrigin(instant, machine, threads, workers);
  }

  /** The name of the precision that a kind uses on this machine. */
  public static String precision(SpeedKind kind) {
    return CsvRow.name(kind.rows().get(0).precisionHere());
  }

  /**
   * Measures all kinds in turns. A kind that broke a promise takes part in no further round.
   *
   * @param measure measures one round of a kind, for example by {@link #round}
   * @return the speed of each kind, in the given order
   */
  public Map<SpeedKind, Speed> rounds(
      List<SpeedKind> kinds, BiFunction<SpeedKind, Integer, Round> measure) {
    Map<SpeedKind, List<Round>> taken = new LinkedHashMap<>();
    kinds.forEach(kind -> taken.put(kind, new ArrayList<>()));
    for (int number = 1; number <= extent.rounds(); number++) {
      for (SpeedKind kind : kinds) {
        List<Round> before = taken.get(kind);
        if (before.stream().allMatch(round -> round.broken().isEmpty())) {
          before.add(measure.apply(kind, number));
        }
      }
    }
    Map<SpeedKind, Speed> speeds = new LinkedHashMap<>();
    taken.forEach((kind, rounds) -> speeds.put(kind, new Speed(rounds)));
    return speeds;
  }

  /**
   * Measures one round of a kind in this process, with its first configuration. Each round takes
   * the next of that configuration's seeds, so that it trains on other batches. The trained
   * parameters are discarded.
   *
   * @param number the number of the round, from 1
   */
  public Round round(SpeedKind kind, int number, Consumer<StepMetric> listener) {
    Configuration configuration = kind.rows().get(0);
    List<Long> seeds = configuration.seeds();
    long seed = seeds.get((number - 1) % seeds.size());
    try (Threads threads = Threads.wanted(configuration.threads());
        DeterministicAlgorithms mode =
            DeterministicAlgorithms.wanted(configuration.deterministic())) {
      return measure(new Trial("calibrate", configuration, seed), listener);
    }
  }

  private Round measure(Trial trial, Consumer<StepMetric> listener) {
    Configuration configuration = trial.configuration();
    Torch.emptyCache();
    int steps = extent.warmup() + extent.steps();
    BudgetPlan plan = BudgetPlan.steps(configuration.priceCard(), steps);
    CostMeter meter = new CostMeter(configuration.where(), plan, System::nanoTime, () -> {});
    List<StepMetric> taken = new ArrayList<>();
    List<Double> stepSeconds = new ArrayList<>();
    StepGate inTime = step -> sum(counted(stepSeconds)) < extent.seconds();
    StepGate gate = inTime.and(new MeteredGate(meter, stepSeconds::add));
    AdapterTraining training = new AdapterTraining(trial, steps);
    Inspector inspector = new Inspector();
    Inspection seen;
    String divergence = "";
    int items;
    // A new preparation, so that data are read again, as in a trial that is run alone.
    try (DataPreparation preparation = new DataPreparation(benchmarks.dataSets())) {
      meter.begin(Phase.LOAD);
      PreparedData data = preparation.prepare(configuration);
      try (CausalLM model = configuration.loadModel();
          Adapter adapter = training.attach(model, data.tokenizer().orElseThrow())) {
        meter.end();
        inspector.loaded(model.parameters());
        meter.begin(Phase.TRAIN);
        try {
          training.train(
              model,
              adapter,
              data,
              gate,
              metric -> {
                taken.add(metric);
                listener.accept(metric);
              });
        } catch (DivergedException e) {
          divergence = e.getMessage();
        }
        meter.end();
        items = Math.min(data.test().size(), extent.testBatches() * configuration.testBatchSize());
        AnswerScorer scorer =
            new AnswerScorer(
                model, adapter.seams(), data.tokenizer().orElseThrow(), data.answers());
        answer(scorer, configuration, data, Math.min(items, configuration.testBatchSize()));
        meter.begin(Phase.EVALUATE);
        answer(scorer, configuration, data, items);
        meter.end();
        seen = inspector.inspect(model.parameters(), adapter.parameters(), scorer.nonFinite());
      }
    }
    Work work = Work.training(divergence, taken, Optional.empty(), inspector.closed(seen));
    return new Round(
        meter.ledger().seconds(Phase.LOAD),
        counted(stepSeconds),
        items,
        meter.ledger().seconds(Phase.EVALUATE),
        PromiseCheck.broken(work));
  }

  /** The steps after the warm-up. */
  private List<Double> counted(List<Double> stepSeconds) {
    return stepSeconds.subList(Math.min(extent.warmup(), stepSeconds.size()), stepSeconds.size());
  }

  private static double sum(List<Double> seconds) {
    return seconds.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static void answer(
      AnswerScorer scorer, Configuration configuration, PreparedData data, int items) {
    List<Example> asked = data.test().subList(0, items);
    List<TokenizedExample> prompts = data.prompts().subList(0, items);
    scorer.answer(
        asked, prompts, configuration.maxNewTokens(), configuration.testBatchSize(), done -> {});
  }
}
