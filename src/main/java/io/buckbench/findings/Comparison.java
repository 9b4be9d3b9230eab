package io.buckbench.findings;

import io.buckbench.findings.Outlook.Goal;
import io.buckbench.statistics.Interval;
import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.Outperformance;
import io.buckbench.statistics.Power;
import io.buckbench.statistics.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A hypothesis and its evidence, with the arithmetic that the kinds of claim share.
 *
 * @param hypothesis the claim
 * @param evidence the runs of one suite
 */
record Comparison(Hypothesis hypothesis, Evidence evidence) {
  private static final Map<String, String> OPPOSITES = Map.of("better", "worse", "more", "less");

  List<ConfigurationRuns> subjects() {
    return measurable(evidence.choose(hypothesis.subject()));
  }

  List<ConfigurationRuns> references() {
    return measurable(evidence.choose(hypothesis.reference()));
  }

  private List<ConfigurationRuns> measurable(List<ConfigurationRuns> rows) {
    return rows.stream().filter(r -> hypothesis.metric().sample().on(r).isPresent()).toList();
  }

  /**
   * The reference that a subject is compared with: a baseline, or a reference row on the same test
   * items, the best one if there are several.
   */
  Optional<ConfigurationRuns> referenceOf(ConfigurationRuns subject) {
    if (hypothesis.reference().isBaseline()) {
      return subject.baseline(hypothesis.reference());
    }
    return references().stream()
        .filter(r -> !r.id().equals(subject.id()))
        .filter(r -> !hypothesis.metric().ofAnswers() || r.answersSameItems(subject))
        .max(Comparator.comparingDouble(r -> sample(r).mean()));
  }

  /** Judges each subject that has a reference. */
  List<ProvisionalVerdict> judged(
      BiFunction<ConfigurationRuns, ConfigurationRuns, ProvisionalVerdict> judge) {
    return subjects().stream()
        .flatMap(subject -> referenceOf(subject).map(r -> judge.apply(subject, r)).stream())
        .toList();
  }

  /** The metric of a row. */
  Sample sample(ConfigurationRuns row) {
    return hypothesis.metric().sample().on(row).orElseThrow();
  }

  /** The mean of a row's metric. */
  LinearStatistic mean(ConfigurationRuns row) {
    return LinearStatistic.mean(sample(row));
  }

  /** The mean of the first row's metric minus that of the second. */
  LinearStatistic difference(ConfigurationRuns first, ConfigurationRuns second) {
    return LinearStatistic.difference(sample(first), sample(second));
  }

  /** The test that a statistic is above a value in the unit of the metric. */
  Tested above(LinearStatistic statistic, double value) {
    return Tested.oneSided(
        statistic.pAbove(value / scale()), inUnit(statistic.interval()).low() > value);
  }

  /** The test that a statistic is at most a value in the unit of the metric. */
  Tested atMost(LinearStatistic statistic, double value) {
    return Tested.oneSided(
        statistic.pBelow(value / scale()), inUnit(statistic.interval()).high() <= value);
  }

  Interval inUnit(Interval interval) {
    return interval.times(scale());
  }

  private double scale() {
    return hypothesis.metric().scale();
  }

  /**
   * The verdict on whether a statistic is above the margin: supported if it is, refuted if it is at
   * most the smallest value that would count, otherwise open.
   *
   * @param better the word for a statistic above 0, for example {@code better}
   */
  ProvisionalVerdict above(
      String configuration, String name, LinearStatistic statistic, String better, String detail) {
    double counts = hypothesis.margin() + hypothesis.minEffect();
    return verdict(
        configuration,
        name,
        statistic,
        above(statistic, hypothesis.margin()),
        atMost(statistic, counts),
        atMostWords(statistic, counts, better),
        List.of(Goal.at(hypothesis.margin(), true), Goal.at(counts, false)),
        detail);
  }

  /**
   * For example {@code at most 0.75 points better, 2 would count}, or {@code at least 0.40 points
   * worse, 2 points better would count}.
   */
  String atMostWords(LinearStatistic statistic, double counts, String better) {
    Metric metric = hypothesis.metric();
    double high = inUnit(statistic.interval()).high();
    String counted = (hypothesis.minEffect() == 0 ? "more than " : "") + number(counts);
    return high < 0 && OPPOSITES.containsKey(better)
        ? String.format(
            Locale.ROOT,
            "at least %s %s %s, %s %s %s would count",
            metric.format(-high),
            metric.unit(),
            OPPOSITES.get(better),
            counted,
            metric.unit(),
            better)
        : String.format(
            Locale.ROOT,
            "at most %s %s %s, %s would count",
            metric.format(high),
            metric.unit(),
            better,
            counted);
  }

  /** For example {@code at least 3.20 points better, at most 0 was claimed}. */
  String atLeastWords(LinearStatistic statistic, double claimed, String better) {
    Metric metric = hypothesis.metric();
    return String.format(
        Locale.ROOT,
        "at least %s %s %s, at most %s was claimed",
        metric.format(inUnit(statistic.interval()).low()),
        metric.unit(),
        better,
        number(claimed));
  }

  static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * A verdict on a statistic. With one or two seeds of a training there is none: they cannot show
   * that seeds agree.
   */
  ProvisionalVerdict verdict(
      String configuration,
      String name,
      LinearStatistic statistic,
      Tested supported,
      Tested refuted,
      String refutation,
      List<Goal> goals,
      String detail) {
    ProvisionalVerdict verdict =
        new ProvisionalVerdict(
            configuration,
            name,
            inUnit(statistic.interval()),
            supported,
            refuted,
            refutation,
            new Outlook(statistic, goals, hypothesis.metric()),
            true,
            detail);
    int seeds = statistic.seeds();
    return seeds == 0 || seeds >= Power.FEWEST_SEEDS
        ? verdict
        : verdict.undecided(
            (seeds == 1
                    ? "one seed is a verdict on this run only"
                    : "two seeds cannot show that seeds agree")
                + ", "
                + Power.FEWEST_SEEDS
                + " are needed");
  }

  /** What the seeds of some rows say about other seeds, with the rows' names. */
  String basis(List<ConfigurationRuns> rows) {
    String all = "";
    for (ConfigurationRuns row : rows) {
      String words = sample(row).basis();
      if (!words.isEmpty()) {
        all = ProvisionalVerdict.joined(all, row.id() + ": " + words);
      }
    }
    return all;
  }

  /**
   * How often a seed of the first row scores higher than one of the second; the empty string with
   * few seeds, for a row that is not trained, and for losses.
   */
  String outperformance(ConfigurationRuns first, ConfigurationRuns second) {
    double[] a = sample(first).perSeed();
    double[] b = sample(second).perSeed();
    if (Math.min(a.length, b.length) < Outperformance.FEWEST_SEEDS
        || !hypothesis.metric().ofAnswers()) {
      return "";
    }
    Interval p = Outperformance.of(a, b);
    return String.format(
        Locale.ROOT,
        "a seed of %s scores higher than one of %s with probability %.2f (%.2f to %.2f)",
        first.id(),
        second.id(),
        p.estimate(),
        p.low(),
        p.high());
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
