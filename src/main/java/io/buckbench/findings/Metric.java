package io.buckbench.findings;

import io.buckbench.eval.ItemMetric;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Sample;
import io.buckbench.train.StepMetric;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The quantity that a claim compares. It is computed from answers, in points, or from training
 * losses, in nats.
 *
 * @param id the name in the column {@code metric}
 * @param words the name in findings
 * @param unit the unit in findings
 * @param scale factor from the computed number to the unit
 * @param ofAnswers whether it is computed from answers to test items
 * @param sample reads it from a configuration's runs, as a sample of seeds and test items
 */
record Metric(
    String id, String words, String unit, double scale, boolean ofAnswers, Reading sample) {

  /** Reads a metric from runs; empty if they do not have it. */
  interface Reading {
    Optional<Sample> on(ConfigurationRuns runs);
  }

  /** Every metric that a hypothesis can name. */
  static final List<Metric> ALL =
      Stream.concat(
              Stream.of(ItemMetric.values()).map(Metric::ofAnswers),
              Stream.of(
                  ofSteps("final-loss", Metric::finalLoss), ofSteps("loss-spread", Metric::spread)))
          .toList();

  private static Metric ofAnswers(ItemMetric metric) {
    return new Metric(
        metric.id(),
        metric.words(),
        "points",
        100,
        true,
        runs ->
            metric.isOf(runs.trials().answers())
                ? Optional.of(metric.on(runs.trials()))
                : Optional.empty());
  }

  private static Metric ofSteps(String id, ToDoubleFunction<List<StepMetric>> number) {
    return new Metric(
        id, id.replace('-', ' '), "nats", 1, false, runs -> sample(perRun(runs, number), runs));
  }

  private static Optional<Sample> sample(double[] perRun, ConfigurationRuns runs) {
    return perRun.length == 0
        ? Optional.empty()
        : Optional.of(Sample.ofRuns(perRun, runs.trials().regime()));
  }

  private static double[] perRun(
      ConfigurationRuns runs, ToDoubleFunction<List<StepMetric>> number) {
    // A run without steps has no loss. Zero would count as the best loss.
    return runs.records().stream()
        .map(RunRecord::steps)
        .filter(steps -> !steps.isEmpty())
        .mapToDouble(number)
        .toArray();
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
    return String.format(Locale.ROOT, unit.equals("points") ? "%.2f" : "%.4f", value);
  }
}
