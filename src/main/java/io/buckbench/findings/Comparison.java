package io.buckbench.findings;

import io.buckbench.eval.Interval;
import io.buckbench.eval.ItemMetric;
import io.buckbench.eval.Power;
import io.buckbench.eval.Sampled;
import io.buckbench.eval.TwoLevelBootstrap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/**
 * A hypothesis and its evidence, with the arithmetic that the kinds of claim share.
 *
 * @param hypothesis the claim
 * @param evidence the runs of one suite
 */
record Comparison(Hypothesis hypothesis, Evidence evidence) {

  List<ConfigurationRuns> subjects() {
    return measurable(evidence.choose(hypothesis.subject()));
  }

  List<ConfigurationRuns> references() {
    return measurable(evidence.choose(hypothesis.reference()));
  }

  private List<ConfigurationRuns> measurable(List<ConfigurationRuns> rows) {
    return rows.stream().filter(r -> sampled(r).seeds() > 0).toList();
  }

  /**
   * The reference that a subject is compared with: the always-yes baseline, or a reference row on
   * the same test items, the best one if there are several.
   */
  Optional<ConfigurationRuns> referenceOf(ConfigurationRuns subject) {
    if (hypothesis.reference().isAllYes()) {
      return Optional.of(subject.allYes());
    }
    return references().stream()
        .filter(r -> !r.id().equals(subject.id()))
        .filter(r -> !hypothesis.metric().ofAnswers() || r.answersSameItems(subject))
        .max(Comparator.comparingDouble(r -> sampled(r).mean()));
  }

  /** Judges each subject that has a reference. */
  List<ProvisionalVerdict> judged(
      BiFunction<ConfigurationRuns, ConfigurationRuns, ProvisionalVerdict> judge) {
    return subjects().stream()
        .flatMap(subject -> referenceOf(subject).map(r -> judge.apply(subject, r)).stream())
        .toList();
  }

  Sampled sampled(ConfigurationRuns runs) {
    return hypothesis.metric().sampled().on(runs);
  }

  /** The metric of one row. The interval of a share also covers Wilson's, for shares of 0 and 1. */
  Measured value(ConfigurationRuns row) {
    Measured measured = of(List.of(row), means -> means[0]);
    if (!hypothesis.metric().share()) {
      return measured;
    }
    double scale = hypothesis.metric().scale();
    int items = row.trials().items();
    double share = Math.max(0, Math.min(1, measured.interval().estimate() / scale));
    Interval wilson = Interval.wilson(share * items, items);
    Interval widened = measured.interval().widenedBy(wilson.times(scale));
    return new Measured(widened, measured.pValue(), measured.power());
  }

  /**
   * First minus second. For accuracy the p value is that of McNemar's exact test on the pair of
   * seeds that differs least, so that the result holds for every seed.
   */
  Measured difference(ConfigurationRuns first, ConfigurationRuns second) {
    Measured measured = of(List.of(first, second), means -> means[0] - means[1]);
    if (hypothesis.metric().id().equals(ItemMetric.ACCURACY.id())) {
      double exact = first.trials().weakest(second.trials()).pValue();
      return new Measured(measured.interval(), exact, measured.power());
    }
    return measured;
  }

  /** A statistic of the means of several rows. */
  Measured of(List<ConfigurationRuns> rows, ToDoubleFunction<double[]> statistic) {
    List<Sampled> sampled = new ArrayList<>();
    rows.forEach(row -> sampled.add(sampled(row)));
    TwoLevelBootstrap.Estimate estimate = TwoLevelBootstrap.DEFAULT.of(sampled, statistic);
    int seeds = sampled.stream().mapToInt(Sampled::seeds).max().orElseThrow();
    int items = hypothesis.metric().ofAnswers() ? rows.get(0).trials().items() : 0;
    return new Measured(
        estimate.interval().times(hypothesis.metric().scale()),
        estimate.pValue(hypothesis.margin() / hypothesis.metric().scale()),
        Power.of(seeds, items, estimate.standardError()));
  }

  /**
   * Whether a value is above the margin: supported if the whole interval is above it, refuted if
   * the interval ends below the smallest effect that matters, otherwise inconclusive.
   */
  Verdict above(Interval interval) {
    return Verdict.of(
        interval.low() > hypothesis.margin(),
        interval.high() <= hypothesis.margin() + hypothesis.minEffect());
  }

  /** The verdict on whether a statistic is above the margin; to be supported it needs its test. */
  ProvisionalVerdict above(
      String configuration, String statistic, Measured measured, String detail) {
    Verdict verdict = above(measured.interval());
    return new ProvisionalVerdict(
        configuration, verdict, verdict == Verdict.SUPPORTED, statistic, measured, detail);
  }

  /** The name of a difference, for example {@code accuracy difference to always yes, points}. */
  String differenceTo(String reference) {
    Metric metric = hypothesis.metric();
    return metric.words() + " difference to " + reference + ", " + metric.unit();
  }

  /** The name of the metric, for example {@code parse rate, points}. */
  String metricWithUnit() {
    return hypothesis.metric().words() + ", " + hypothesis.metric().unit();
  }
}
