package io.buckbench.findings;

import io.buckbench.eval.ItemMetric;
import io.buckbench.eval.Sampled;
import io.buckbench.record.RunRecord;
import io.buckbench.train.StepMetric;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a claim compares: a number computed from the answers, in points, or from the training.
 *
 * @param id as declared
 * @param words for a person
 * @param unit of the number in findings
 * @param scale from the number as computed to its unit
 * @param ofAnswers whether it is computed from answers to test items
 * @param share whether it is a share of test rows
 * @param sampled from a configuration's runs to what is resampled
 */
record Metric(
    String id,
    String words,
    String unit,
    double scale,
    boolean ofAnswers,
    boolean share,
    Preparation sampled) {

  /** From runs to numbers. */
  interface Preparation {
    Sampled on(ConfigurationRuns runs);
  }

  /** Every metric that a hypothesis may name. */
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
        metric.isShare(),
        runs -> metric.on(runs.trials()));
  }

  private static Metric ofSteps(String id, ToDoubleFunction<List<StepMetric>> number) {
    return new Metric(
        id,
        id.replace('-', ' '),
        "nats",
        1,
        false,
        false,
        runs -> Sampled.ofRuns(perRun(runs, number)));
  }

  private static double[] perRun(
      ConfigurationRuns runs, ToDoubleFunction<List<StepMetric>> number) {
    // A run without steps has no loss; zero would be the best loss of all.
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

  /** Standard deviation of the loss over the last quarter of the steps: how steady it is. */
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
