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
 * A hypothesis and the evidence on it, with the arithmetic that the kinds of claim share.
 *
 * @param hypothesis what is claimed
 * @param evidence one suite's runs
 */
record Comparison(Hypothesis hypothesis, Evidence evidence) {

  /**
   * A statistic in the metric's unit.
   *
   * @param interval estimate and 95 % interval
   * @param pValue two-sided, of the statistic being the claim's margin in truth
   * @param power what would have been missed
   */
  record Measured(Interval interval, double pValue, Power power) {}

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
   * What a subject is compared with: the baseline, or the row on the same test items; the best of
   * them if several match.
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

  /** One verdict for each subject that has a reference, from both. */
  List<ProvisionalVerdict> judged(
      BiFunction<ConfigurationRuns, ConfigurationRuns, ProvisionalVerdict> judge) {
    return subjects().stream()
        .flatMap(subject -> referenceOf(subject).map(r -> judge.apply(subject, r)).stream())
        .toList();
  }

  Sampled sampled(ConfigurationRuns runs) {
    return hypothesis.metric().sampled().on(runs);
  }

  /**
   * The metric of one row, a share's interval widened by Wilson's, which has a width at 0 and 1.
   */
  Measured value(ConfigurationRuns row) {
    Measured measured = of(List.of(row), means -> means[0]);
    if (!hypothesis.metric().share()) {
      return measured;
    }
    double scale = hypothesis.metric().scale();
    int items = row.trials().items();
    double share = Math.max(0, Math.min(1, measured.interval.estimate() / scale));
    Interval wilson = Interval.wilson(share * items, items);
    Interval widened = measured.interval.widenedBy(wilson.times(scale));
    return new Measured(widened, measured.pValue, measured.power);
  }

  /**
   * First minus second. On accuracy the p value is McNemar's exact one, of the pair of seeds that
   * differs least, so that the result holds for every seed.
   */
  Measured difference(ConfigurationRuns first, ConfigurationRuns second) {
    Measured measured = of(List.of(first, second), means -> means[0] - means[1]);
    if (hypothesis.metric().id().equals(ItemMetric.ACCURACY.id())) {
      double exact = first.trials().weakest(second.trials()).pValue();
      return new Measured(measured.interval, exact, measured.power);
    }
    return measured;
  }

  /** Any statistic of several rows' means. */
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
   * Whether a value is above the margin: yes if its whole interval is; no if its interval ends
   * below the smallest effect that matters; otherwise the interval does not decide.
   */
  Verdict above(Interval interval) {
    if (interval.low() > hypothesis.margin()) {
      return Verdict.SUPPORTED;
    }
    return interval.high() <= hypothesis.margin() + hypothesis.minEffect()
        ? Verdict.REFUTED
        : Verdict.INCONCLUSIVE;
  }

  /** Name of the statistic, for example {@code accuracy difference to always yes, points}. */
  String differenceTo(String reference) {
    return hypothesis.metric().words()
        + " difference to "
        + reference
        + ", "
        + hypothesis.metric().unit();
  }

  /** Name of the plain metric with its unit. */
  String plain() {
    return hypothesis.metric().words() + ", " + hypothesis.metric().unit();
  }
}
