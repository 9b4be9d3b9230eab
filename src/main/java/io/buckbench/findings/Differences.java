package io.buckbench.findings;

import io.buckbench.findings.Outlook.Goal;
import io.buckbench.statistics.Interval;
import io.buckbench.statistics.LinearStatistic;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Claims about the difference between each subject row and its reference. */
final class Differences {
  private Differences() {}

  /** Each subject's metric exceeds its reference's by more than the margin. */
  static List<ProvisionalVerdict> beats(Comparison comparison) {
    return comparison.judged((subject, reference) -> beats(comparison, subject, reference));
  }

  static ProvisionalVerdict beats(
      Comparison comparison, ConfigurationRuns subject, ConfigurationRuns reference) {
    return comparison.above(
        subject.id(),
        comparison.differenceTo(reference.id()),
        comparison.difference(subject, reference),
        "better",
        details(comparison, subject, reference));
  }

  private static String details(
      Comparison comparison, ConfigurationRuns subject, ConfigurationRuns reference) {
    String warnings = ProvisionalVerdict.joined(subject.warnings(), reference.warnings());
    String seeds = comparison.basis(List.of(subject, reference));
    return ProvisionalVerdict.joined(
        ProvisionalVerdict.joined(warnings, seeds), comparison.outperformance(subject, reference));
  }

  /**
   * Each subject's metric differs from its reference's by at most the margin in either direction.
   * This is an equivalence claim, by two one-sided tests at 5 % (Schuirmann 1987): it is supported
   * if the whole 90 % interval is within the margin.
   */
  static List<ProvisionalVerdict> staysNear(Comparison comparison) {
    return comparison.judged((subject, reference) -> near(comparison, subject, reference));
  }

  private static ProvisionalVerdict near(
      Comparison comparison, ConfigurationRuns subject, ConfigurationRuns reference) {
    Hypothesis hypothesis = comparison.hypothesis();
    Metric metric = hypothesis.metric();
    double margin = hypothesis.margin();
    double scaled = margin / metric.scale();
    LinearStatistic d = comparison.difference(subject, reference);
    Interval inner = comparison.inUnit(d.interval(Tested.LEVEL));
    Tested within =
        new Tested(
            Math.max(d.pAbove(-scaled), d.pBelow(scaled)),
            inner.low() >= -margin && inner.high() <= margin);
    boolean higher = d.estimate() > 0;
    Interval outer = comparison.inUnit(d.interval());
    Tested apart =
        Tested.oneSided(
            higher ? d.pAbove(scaled) : d.pBelow(-scaled),
            outer.low() > margin || outer.high() < -margin);
    double nearest = higher ? outer.low() : -outer.high();
    String interval =
        String.format(
            Locale.ROOT,
            "90 %% interval %s to %s against %s either way",
            metric.format(inner.low()),
            metric.format(inner.high()),
            Comparison.number(margin));
    return comparison.verdict(
        subject.id(),
        comparison.differenceTo(reference.id()),
        d,
        within,
        apart,
        String.format(
            Locale.ROOT,
            "at least %s %s apart, %s is still near",
            metric.format(nearest),
            metric.unit(),
            Comparison.number(margin)),
        List.of(
            new Goal(higher ? margin : -margin, !higher, Tested.LEVEL),
            Goal.at(higher ? margin : -margin, higher)),
        ProvisionalVerdict.joined(interval, details(comparison, subject, reference)));
  }

  /** No subject beats its reference by an effect that matters. */
  static List<ProvisionalVerdict> noneBeats(Comparison comparison) {
    return none(comparison, beats(comparison), "better");
  }

  /**
   * Combines the verdicts on "this row is above" into one verdict on "no row is above": supported
   * if it is refuted for every row (so the largest p value counts), refuted if a row is above (the
   * smallest p value counts, corrected for their number). The finding shows the row that is closest
   * to refuting it.
   */
  static List<ProvisionalVerdict> none(
      Comparison comparison, List<ProvisionalVerdict> rows, String better) {
    if (rows.isEmpty()) {
      return List.of();
    }
    ProvisionalVerdict nearest = highest(rows, v -> v.interval().low());
    ProvisionalVerdict highest = highest(rows, v -> v.interval().high());
    Tested everyRow = weakest(rows.stream().map(ProvisionalVerdict::refuted).toList());
    Tested anyRow = strongest(rows.stream().map(ProvisionalVerdict::supported).toList());
    ProvisionalVerdict shown = anyRow.byInterval() ? nearest : highest;
    return List.of(
        shown.with(
            "",
            everyRow,
            anyRow,
            shown.configuration()
                + " is "
                + comparison.atLeastWords(
                    shown.outlook().statistic(), comparison.hypothesis().margin(), better),
            "of " + rows.size() + " rows " + shown.configuration() + " comes nearest"));
  }

  private static ProvisionalVerdict highest(
      List<ProvisionalVerdict> rows, ToDoubleFunction<ProvisionalVerdict> end) {
    return rows.stream().max(Comparator.comparingDouble(end)).orElseThrow();
  }

  /** The test that all of these are shown (Berger 1982): the largest p value. */
  static Tested weakest(List<Tested> tests) {
    return new Tested(
        tests.stream().mapToDouble(Tested::pValue).max().orElse(Double.NaN),
        tests.stream().allMatch(Tested::byInterval));
  }

  /** The test that any of these is shown: the smallest p value, corrected for their number. */
  static Tested strongest(List<Tested> tests) {
    return tests.stream()
        .filter(test -> !Double.isNaN(test.pValue()))
        .min(Comparator.comparingDouble(Tested::pValue))
        .map(
            test ->
                new Tested(
                    test.selectedFrom(tests.size()).pValue(),
                    tests.stream().anyMatch(Tested::byInterval)))
        .orElse(Tested.NONE);
  }
}
