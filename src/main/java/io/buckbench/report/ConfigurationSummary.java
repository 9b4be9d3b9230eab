package io.buckbench.report;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.eval.AnswerCounts;
import io.buckbench.eval.ItemMetric;
import io.buckbench.eval.Prediction;
import io.buckbench.eval.SeedSummary;
import io.buckbench.eval.Trials;
import io.buckbench.findings.TrialScores;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import io.buckbench.record.SideEffect;
import io.buckbench.statistics.Moments;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.Sample;
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
 * @param scored the scores of each trial, in the same order, without the prior of the untouched
 *     model
 * @param scores over the seeds; empty if no trial answered anything
 * @param levels each level's mean accuracy over the trials, 0 to 1; a trial without answers is 0
 * @param diagnoses each ending and the number of trials with it, most frequent first
 * @param accuracySample the accuracy of its trials as a sample of seeds and test items, to be
 *     compared with that of another row; empty if no trial answered anything
 */
public record ConfigurationSummary(
    String configuration,
    List<RunRecord> trials,
    List<TrialScores> scored,
    Optional<SeedSummary> scores,
    Map<String, Double> levels,
    Map<String, Long> diagnoses,
    Optional<Sample> accuracySample) {

  /**
   * Summarises the trials of one configuration.
   *
   * @param regime how its seeds can differ
   */
  static ConfigurationSummary of(String configuration, List<RunRecord> trials, Regime regime) {
    List<List<Prediction>> answers = trials.stream().map(RunRecord::predictions).toList();
    List<TrialScores> scored = trials.stream().map(run -> TrialScores.of(run, List.of())).toList();
    Optional<Trials> answered =
        answers.stream().anyMatch(a -> !a.isEmpty())
            ? Optional.of(Trials.of(answers).in(regime))
            : Optional.empty();
    return new ConfigurationSummary(
        configuration,
        trials,
        scored,
        answered.map(SeedSummary::of),
        levels(scored),
        diagnoses(scored),
        answered.map(ItemMetric.ACCURACY::on));
  }

  private static Map<String, Double> levels(List<TrialScores> scored) {
    Map<String, List<Double>> found = new TreeMap<>();
    scored.stream()
        .flatMap(trial -> trial.scores().stream())
        .flatMap(scores -> scores.levels().entrySet().stream())
        .forEach(
            e ->
                found
                    .computeIfAbsent(e.getKey(), k -> new ArrayList<>())
                    .add(e.getValue().accuracy()));
    Map<String, Double> means = new LinkedHashMap<>();
    found.forEach(
        (level, a) -> means.put(level, a.stream().mapToDouble(v -> v).sum() / scored.size()));
    return means;
  }

  private static Map<String, Long> diagnoses(List<TrialScores> scored) {
    Map<String, Long> counts =
        scored.stream()
            .collect(
                Collectors.groupingBy(TrialScores::ending, TreeMap::new, Collectors.counting()));
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  /** What the row is for. */
  public Role role() {
    return Role.of(declared());
  }

  /** Number of trained parameters; 0 if nothing is trained. */
  public long trainableParameters() {
    return trials.get(0).trainableParameters();
  }

  /** The number of trials that learned. */
  public long learned() {
    return diagnoses.getOrDefault("learned", 0L);
  }

  /** The shares of the answers that its trials gave. */
  public AnswerShares given() {
    return AnswerShares.given(answers());
  }

  /** The shares of the right answers. */
  public AnswerShares wanted() {
    return AnswerShares.wanted(answers());
  }

  /**
   * The confusion table, summed over its trials: how often each answer was given to the items that
   * each answer is right for; empty if nothing was answered.
   */
  public Optional<AnswerCounts> confusion() {
    List<Prediction> all = answers().stream().flatMap(List::stream).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(AnswerCounts.of(all));
  }

  private List<List<Prediction>> answers() {
    return trials.stream().map(RunRecord::predictions).toList();
  }

  /** The largest peak of memory of its trials, in bytes; NaN if none was measured. */
  public double peakBytes() {
    return trials.stream()
        .mapToDouble(run -> SideEffect.PEAK_BYTES.of(run.sideEffects()))
        .filter(bytes -> !Double.isNaN(bytes))
        .max()
        .orElse(Double.NaN);
  }

  /**
   * Milliseconds an answer, merged where the adapter can be; mean over the seeds, NaN if unknown.
   */
  public double answerMillis() {
    double merged = mean(SideEffect.MERGED_ANSWER_MILLIS);
    return Double.isNaN(merged) ? mean(SideEffect.ANSWER_MILLIS) : merged;
  }

  /** The mean of a side effect over the seeds that measured it; NaN if none did. */
  public double mean(SideEffect effect) {
    return Moments.mean(values(effect));
  }

  /** The standard deviation of a side effect over the seeds; NaN for fewer than two. */
  public double seedSd(SideEffect effect) {
    return Math.sqrt(Moments.variance(values(effect)));
  }

  private double[] values(SideEffect effect) {
    return trials.stream()
        .mapToDouble(run -> effect.of(run.sideEffects()))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /** The declared dollars of a trial. */
  public BigDecimal budgetUsd() {
    return trials.get(0).cost().budgetUsd();
  }

  /** The declaration of the configuration. */
  public Declaration declared() {
    return trials.get(0).declared();
  }

  /** The id of the price card of its trials. */
  public String priceCard() {
    return trials.get(0).cost().priceCard();
  }

  /** The clock that ended its trainings. */
  public BudgetClock clock() {
    return trials.get(0).cost().clock();
  }

  /** Optimiser steps per trial, mean over the seeds. */
  public double steps() {
    return mean(run -> run.steps().size()).orElse(0);
  }

  /** Seconds of a phase, billed or not, mean over the seeds. */
  public double seconds(Phase phase) {
    return mean(run -> run.cost().seconds(phase)).orElse(0);
  }

  /** Billed dollars per trial, mean over the seeds. */
  public BigDecimal usd() {
    return trials.stream()
        .map(run -> run.cost().spentUsd())
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(trials.size()), MathContext.DECIMAL64);
  }

  /**
   * Whether a trial spent more than its metered budget; such a cost is not compared with others.
   */
  public boolean overspent() {
    return trials.stream().anyMatch(run -> run.cost().overspent());
  }

  /** What the trials measured beyond their budget; empty if no trial did. */
  public String beyond() {
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
