package io.buckbench.report;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.eval.Prediction;
import io.buckbench.eval.Scores;
import io.buckbench.eval.SeedSummary;
import io.buckbench.eval.Trials;
import io.buckbench.findings.TrialScores;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Regime;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A configuration summarised over its seeds.
 *
 * @param configuration the configuration's id
 * @param trials its records in the order of their seeds, including failed ones; at least one
 * @param scores over the seeds; empty if no trial answered anything
 * @param levels each level's mean accuracy over the trials, 0 to 1; a trial without answers is 0
 * @param diagnoses each ending and the number of trials with it, most frequent first
 */
public record ConfigurationSummary(
    String configuration,
    List<RunRecord> trials,
    Optional<SeedSummary> scores,
    Map<String, Double> levels,
    Map<String, Long> diagnoses) {

  /**
   * Summarises the trials of one configuration.
   *
   * @param regime how its seeds can differ
   */
  static ConfigurationSummary of(String configuration, List<RunRecord> trials, Regime regime) {
    List<List<Prediction>> answers = trials.stream().map(RunRecord::predictions).toList();
    boolean answered = answers.stream().anyMatch(a -> !a.isEmpty());
    return new ConfigurationSummary(
        configuration,
        trials,
        answered ? Optional.of(SeedSummary.of(Trials.of(answers).in(regime))) : Optional.empty(),
        levels(answers),
        diagnoses(trials));
  }

  private static Map<String, Double> levels(List<List<Prediction>> answers) {
    Map<String, List<Double>> found = new TreeMap<>();
    answers.stream()
        .filter(a -> !a.isEmpty())
        .flatMap(a -> Scores.of(a).levels().entrySet().stream())
        .forEach(
            e ->
                found
                    .computeIfAbsent(e.getKey(), k -> new ArrayList<>())
                    .add(e.getValue().accuracy()));
    Map<String, Double> means = new LinkedHashMap<>();
    found.forEach(
        (level, a) -> means.put(level, a.stream().mapToDouble(v -> v).sum() / answers.size()));
    return means;
  }

  private static Map<String, Long> diagnoses(List<RunRecord> trials) {
    Map<String, Long> counts =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    run -> TrialScores.of(run, List.of()).ending(),
                    TreeMap::new,
                    Collectors.counting()));
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  /** The declaration of the configuration. */
  Declaration declared() {
    return trials.get(0).declared();
  }

  /** The id of the price card of its trials. */
  String priceCard() {
    return trials.get(0).cost().priceCard();
  }

  /** The clock that ended its trainings. */
  BudgetClock clock() {
    return trials.get(0).cost().clock();
  }

  /** Optimiser steps per trial, mean over the seeds. */
  double steps() {
    return mean(run -> run.steps().size()).orElse(0);
  }

  /** Seconds of a phase, billed or not, mean over the seeds. */
  double seconds(Phase phase) {
    return mean(run -> run.cost().seconds(phase)).orElse(0);
  }

  /** Billed dollars per trial, mean over the seeds. */
  BigDecimal usd() {
    return trials.stream()
        .map(run -> run.cost().spentUsd())
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(trials.size()), MathContext.DECIMAL64);
  }

  /**
   * Whether a trial spent more than its metered budget; such a cost is not compared with others.
   */
  boolean overspent() {
    return trials.stream().anyMatch(run -> run.cost().overspent());
  }

  /** What the trials measured beyond their budget; empty if no trial did. */
  String beyond() {
    List<CostLedger> beyond =
        trials.stream().map(RunRecord::cost).filter(c -> c.beyondUsd().signum() > 0).toList();
    if (beyond.isEmpty()) {
      return "";
    }
    double most =
        beyond.stream()
            .mapToDouble(c -> c.beyondUsd().doubleValue() / c.budgetUsd().doubleValue())
            .max()
            .orElseThrow();
    return "%d of %d trials %s $%s, by up to %s %%"
        .formatted(
            beyond.size(),
            trials.size(),
            clock() == BudgetClock.PLANNED ? "measured more than the planned" : "overspent their",
            Formats.usd(beyond.get(0).budgetUsd()),
            Formats.percent(most));
  }

  private OptionalDouble mean(ToDoubleFunction<RunRecord> value) {
    return trials.stream().mapToDouble(value).average();
  }
}
