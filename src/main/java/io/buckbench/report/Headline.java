package io.buckbench.report;

import io.buckbench.eval.SeedSummary;
import io.buckbench.statistics.Interval;
import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the dollars bought, in one sentence.
 *
 * @param sentence the headline
 * @param best the trained row with the best mean accuracy; empty if no trained row answered
 * @param beatsBaseline whether a trained row is shown to beat the baseline (p at most 0.05 after
 *     Holm over the rows)
 * @param smallest the row with the fewest trained parameters whose accuracy is shown to be at most
 *     {@link #MARGIN_POINTS} points below the best row's; empty if that is the best row itself
 */
public record Headline(
    String sentence,
    Optional<ConfigurationSummary> best,
    boolean beatsBaseline,
    Optional<ConfigurationSummary> smallest) {
  /** A row may be this many points worse than the best and still be named as its smaller peer. */
  public static final double MARGIN_POINTS = 3;

  private static final double LEVEL = 0.05;

  /** Computes the headline. */
  public static Headline of(SuiteReport report) {
    List<ConfigurationSummary> trained =
        report.reported().stream()
            .filter(row -> row.role() == Role.TRAINED && row.scores().isPresent())
            .toList();
    String where = report.suite() + (report.onValidation() ? ", on validation" : "") + ": ";
    if (trained.isEmpty()) {
      return new Headline(
          where + "no trained row answered anything", Optional.empty(), false, Optional.empty());
    }
    ConfigurationSummary best =
        trained.stream().max(Comparator.comparingDouble(Headline::accuracy)).orElseThrow();
    Map<String, Double> p = report.againstCommonest();
    boolean beats =
        trained.stream()
            .anyMatch(
                row ->
                    p.get(row.configuration()) <= LEVEL
                        && accuracy(row) > baseline(row).orElse(Double.NaN));
    if (!beats) {
      return new Headline(
          where
              + String.format(
                  Locale.ROOT,
                  "no row beats %s; the best, %s, ends at %s %% for %s a trial",
                  baselineName(best),
                  best.configuration(),
                  Formats.percent(accuracy(best)),
                  dollars(best)),
          Optional.of(best),
          false,
          Optional.empty());
    }
    Optional<ConfigurationSummary> smallest =
        trained.stream()
            .filter(row -> row.trainableParameters() < best.trainableParameters())
            .filter(row -> lossAgainst(best, row).high() <= MARGIN_POINTS / 100)
            .min(Comparator.comparingLong(ConfigurationSummary::trainableParameters));
    String sentence =
        where
            + String.format(
                Locale.ROOT,
                "%s a trial buys %s %% at best (%s)",
                dollars(best),
                Formats.percent(accuracy(best)),
                best.configuration());
    return new Headline(
        sentence + smallest.map(row -> smaller(best, row)).orElse(""),
        Optional.of(best),
        true,
        smallest);
  }

  private static String smaller(ConfigurationSummary best, ConfigurationSummary row) {
    double share = (double) row.trainableParameters() / best.trainableParameters();
    return String.format(
        Locale.ROOT,
        "; %s is at most %.0f points worse with %s %% of its trained parameters",
        row.configuration(),
        MARGIN_POINTS,
        Formats.significant(100 * share));
  }

  /** How much less accurate a row is than another one: estimate and 95 % interval. */
  static Interval lossAgainst(ConfigurationSummary better, ConfigurationSummary row) {
    Optional<Sample> first = better.accuracySample();
    Optional<Sample> second = row.accuracySample();
    if (first.isEmpty() || second.isEmpty() || first.get().items() != second.get().items()) {
      return Interval.NONE;
    }
    return LinearStatistic.difference(first.get(), second.get()).interval();
  }

  /** The accuracy of always giving the commonest answer of training to a row's test items. */
  private static Optional<Double> baseline(ConfigurationSummary row) {
    return commonest(row).map(word -> row.wanted().shares().get(word));
  }

  /** For example {@code always-yes}. */
  public static String baselineName(ConfigurationSummary row) {
    return "always-" + commonest(row).orElse("the same");
  }

  private static Optional<String> commonest(ConfigurationSummary row) {
    return row.trials().stream()
        .map(run -> run.data().answers())
        .filter(answers -> answers.size() > 0)
        .findFirst()
        .map(answers -> answers.word(answers.commonest()));
  }

  private static double accuracy(ConfigurationSummary row) {
    return row.scores().map(SeedSummary::accuracy).orElse(Interval.NONE).estimate();
  }

  /** The declared dollars of a trial; those measured if none were declared. */
  private static String dollars(ConfigurationSummary row) {
    return "$" + Formats.usd(row.budgetUsd().signum() > 0 ? row.budgetUsd() : row.usd());
  }
}
