package io.buckbench.findings;

import io.buckbench.budget.Phase;
import io.buckbench.eval.ItemMetric;
import io.buckbench.record.RunRecord;
import io.buckbench.record.SideEffect;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.Sample;
import io.buckbench.train.StepMetric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The quantity that a claim compares. It is computed from answers, in points, or is one number of
 * each run: a training loss, in nats, a side effect, or what was measured of its cost.
 *
 * @param id the name in the column {@code metric}
 * @param words the name in findings
 * @param unit the unit in findings
 * @param scale factor from the computed number to the unit
 * @param digits decimals in findings
 * @param ofAnswers whether it is computed from answers to test items
 * @param repeats whether a repeated run gives the same number. Times, memory and dollars depend on
 *     the machine and its load; verdicts on them are not held against accepted ones
 * @param sample reads it from a configuration's runs, as a sample of seeds and test items
 */
record Metric(
    String id,
    String words,
    String unit,
    double scale,
    int digits,
    boolean ofAnswers,
    boolean repeats,
    Reading sample) {

  private static final String NATS = "nats";

  /** Reads a metric from runs; empty if they do not have it. */
  interface Reading {
    Optional<Sample> on(ConfigurationRuns runs);
  }

  /** Every metric that a hypothesis can name. */
  static final List<Metric> ALL =
      Stream.of(
              Arrays.stream(ItemMetric.values()).map(Metric::ofAnswers),
              Stream.of(
                  ofSteps("final-loss", Metric::finalLoss), ofSteps("loss-spread", Metric::spread)),
              Arrays.stream(SideEffect.values()).map(Metric::ofSideEffect),
              Stream.of(
                  ofCost("train-seconds", "s", 3, run -> run.cost().seconds(Phase.TRAIN)),
                  ofCost("measured-usd", "$", 9, run -> run.cost().spentUsd().doubleValue())))
          .flatMap(metrics -> metrics)
          .toList();

  private static Metric ofAnswers(ItemMetric metric) {
    return new Metric(
        metric.id(),
        metric.words(),
        "points",
        100,
        2,
        true,
        true,
        runs ->
            metric.isOf(runs.trials().answers())
                ? Optional.of(metric.on(runs.trials()))
                : Optional.empty());
  }

  /** Whether it is computed from the losses of a training. */
  boolean isLoss() {
    return unit.equals(NATS);
  }

  private static Metric ofSteps(String id, ToDoubleFunction<List<StepMetric>> number) {
    // A run without steps has no loss. Zero would count as the best loss.
    return ofRuns(
        id,
        id.replace('-', ' '),
        NATS,
        4,
        true,
        run -> run.steps().isEmpty() ? Double.NaN : number.applyAsDouble(run.steps()));
  }

  private static Metric ofSideEffect(SideEffect effect) {
    return ofRuns(
        effect.id(),
        effect.words(),
        effect.unit(),
        effect.unit().equals("bytes") ? 0 : 3,
        effect.repeats(),
        run -> effect.of(run.sideEffects()));
  }

  private static Metric ofCost(
      String id, String unit, int digits, ToDoubleFunction<RunRecord> number) {
    return ofRuns(
        id,
        id.replace('-', ' '),
        unit,
        digits,
        false,
        run -> run.steps().isEmpty() ? Double.NaN : number.applyAsDouble(run));
  }

  /** One number of each run; a run where it is NaN does not have it. */
  private static Metric ofRuns(
      String id,
      String words,
      String unit,
      int digits,
      boolean repeats,
      ToDoubleFunction<RunRecord> number) {
    return new Metric(
        id,
        words,
        unit,
        1,
        digits,
        false,
        repeats,
        runs -> {
          double[] perRun =
              runs.records().stream()
                  .mapToDouble(number)
                  .filter(value -> !Double.isNaN(value))
                  .toArray();
          // Without a training a time varies too, but answers and losses do not.
          boolean fixed = repeats && runs.trials().regime() == Regime.FIXED;
          return perRun.length == 0
              ? Optional.empty()
              : Optional.of(Sample.ofRuns(perRun, fixed ? Regime.FIXED : Regime.STEADY));
        });
  }

  /** Mean loss of the last tenth of the steps, at least one. */
  private static double finalLoss(List<StepMetric> steps) {
    int from = Math.min(steps.size() - 1, steps.size() * 9 / 10);
    return steps.subList(from, steps.size()).stream()
        .mapToDouble(StepMetric::loss)
        .average()
        .orElseThrow();
  }

  /** Standard deviation of the loss over the last quarter of the steps, at least one. */
  private static double spread(List<StepMetric> steps) {
    int from = Math.min(steps.size() - 1, steps.size() * 3 / 4);
    List<StepMetric> last = steps.subList(from, steps.size());
    double mean = last.stream().mapToDouble(StepMetric::loss).average().orElseThrow();
    return Math.sqrt(
        last.stream()
            .mapToDouble(s -> (s.loss() - mean) * (s.loss() - mean))
            .average()
            .orElseThrow());
  }

  String format(double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
