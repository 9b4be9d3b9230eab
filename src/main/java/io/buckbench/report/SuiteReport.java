package io.buckbench.report;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.PriceCards;
import io.buckbench.budget.SpeedOrigins;
import io.buckbench.budget.Throughput;
import io.buckbench.budget.Throughputs;
import io.buckbench.data.Split;
import io.buckbench.eval.SeedSummary;
import io.buckbench.findings.TrialScores;
import io.buckbench.history.Drift;
import io.buckbench.history.PastRun;
import io.buckbench.record.Declaration;
import io.buckbench.record.Regimes;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Holm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The numbers of the report on a suite's results; {@code report.page} shows them.
 *
 * @param suite the suite's name, for titles
 * @param configurations in the order of the suite
 * @param returns the accuracy that a dollar returned
 * @param judgement what was concluded
 * @param speeds where the speeds come from that planned the rows, if they were looked up
 * @param limits what the reader can afford
 * @param history earlier runs, oldest first
 */
public record SuiteReport(
    String suite,
    List<ConfigurationSummary> configurations,
    ReturnOnADollar returns,
    Judgement judgement,
    Optional<SpeedOrigins> speeds,
    Limits limits,
    List<PastRun> history) {

  /**
   * Creates a report.
   *
   * @param records at least one, in the order of the suite; seeds in any order
   * @throws IllegalArgumentException if there are no records
   */
  public static SuiteReport of(List<RunRecord> records, Judgement judgement) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a report needs at least one run record");
    }
    List<ConfigurationSummary> configurations = new ArrayList<>();
    Regimes regimes = Regimes.of(records);
    RunRecord.byConfiguration(records)
        .forEach(
            (id, trials) ->
                configurations.add(ConfigurationSummary.of(id, trials, regimes.of(trials.get(0)))));
    return new SuiteReport(
        records.get(0).suite(),
        configurations,
        ReturnOnADollar.of(reported(configurations)),
        judgement,
        Optional.empty(),
        Limits.NONE,
        List.of());
  }

  /**
   * A copy with the costs on every price card for which the speed of a training is known, and with
   * the origin of the speeds.
   */
  public SuiteReport pricedBy(PriceCards cards, Throughputs throughputs) {
    Map<String, Throughput> planned = new LinkedHashMap<>();
    configurations.stream()
        .filter(c -> c.clock() == BudgetClock.PLANNED && c.declared().servedBy().isEmpty())
        .forEach(
            c ->
                throughputs
                    .find(c.declared().throughput())
                    .ifPresent(speed -> planned.put(c.configuration(), speed)));
    return withReturns(ReturnOnADollar.of(reported(), cards, throughputs))
        .plannedFrom(SpeedOrigins.of(planned));
  }

  /** A copy that says where the speeds come from that planned the rows. */
  public SuiteReport plannedFrom(SpeedOrigins origins) {
    return new SuiteReport(
        suite, configurations, returns, judgement, Optional.of(origins), limits, history);
  }

  /**
   * A copy that shows the cheapest configurations for the given accuracies.
   *
   * @param accuracies 0 to 1
   */
  public SuiteReport reaching(List<Double> accuracies) {
    return withReturns(returns.reaching(accuracies));
  }

  private SuiteReport withReturns(ReturnOnADollar other) {
    return new SuiteReport(suite, configurations, other, judgement, speeds, limits, history);
  }

  /** A copy with another name in every title. */
  public SuiteReport titled(String name) {
    return new SuiteReport(name, configurations, returns, judgement, speeds, limits, history);
  }

  /** A copy that names what is best within limits. */
  public SuiteReport within(Limits most) {
    return new SuiteReport(suite, configurations, returns, judgement, speeds, most, history);
  }

  /** A copy with curves of earlier runs, oldest first. */
  public SuiteReport after(List<PastRun> earlier) {
    return new SuiteReport(suite, configurations, returns, judgement, speeds, limits, earlier);
  }

  /** What has moved since it was first accepted, from the history and the hypotheses. */
  public List<Drift> drift() {
    return Drift.of(history.stream().filter(PastRun::wasAccepted).toList(), judgement.statements());
  }

  /** The configurations that were evaluated on a split. */
  public List<ConfigurationSummary> evaluatedOn(Split split) {
    return evaluatedOn(configurations, split);
  }

  private static List<ConfigurationSummary> evaluatedOn(
      List<ConfigurationSummary> all, Split split) {
    return all.stream().filter(c -> c.declared().split() == split).toList();
  }

  /** The configurations evaluated on the test split; all of them if there are none. */
  public List<ConfigurationSummary> reported() {
    return reported(configurations);
  }

  private static List<ConfigurationSummary> reported(List<ConfigurationSummary> all) {
    List<ConfigurationSummary> test = evaluatedOn(all, Split.TEST);
    return test.isEmpty() ? all : test;
  }

  /** Whether no row was evaluated on the test split, so that nothing here is a result. */
  public boolean onValidation() {
    return evaluatedOn(Split.TEST).isEmpty();
  }

  /** All records by configuration. */
  public List<RunRecord> records() {
    return configurations.stream().flatMap(c -> c.trials().stream()).toList();
  }

  /** The levels of all configurations, in alphabetical order. */
  public List<String> levels() {
    TreeSet<String> levels = new TreeSet<>();
    configurations.forEach(c -> levels.addAll(c.levels().keySet()));
    return List.copyOf(levels);
  }

  /** The configurations as CSV with all digits; shares are from 0 to 1. */
  public String csv() {
    return SuiteCsv.configurations(this);
  }

  /** The findings as CSV. */
  public String findingsCsv() {
    return SuiteCsv.findings(judgement.findings());
  }

  /** How often each answer was given to the items that each answer is right for, as CSV. */
  public String confusionCsv() {
    return SuiteCsv.confusion(this);
  }

  /** The scores of all trials as CSV. */
  public String trialsCsv() {
    return SuiteCsv.trials(trialScores());
  }

  /** The costs and accuracies as CSV. */
  public String returnsCsv() {
    return ReturnCsv.of(returns);
  }

  /** The answers that changed since the accepted results as CSV, one line for each test item. */
  public String flipsCsv() {
    return SuiteCsv.flips(judgement.accepted());
  }

  /** The scores of all trials; records of the untouched model give the prior. */
  public List<TrialScores> trialScores() {
    List<RunRecord> all = records();
    return all.stream().map(run -> TrialScores.of(run, all)).toList();
  }

  /**
   * The two-sided p value of each configuration's accuracy against the baseline that always gives
   * the commonest answer of training, over seeds and test items, after Holm's correction over the
   * configurations with the same split. NaN for a baseline itself, for one seed of a training, and
   * if nothing was answered.
   */
  public Map<String, Double> againstCommonest() {
    Map<String, Double> adjusted = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      List<ConfigurationSummary> together = evaluatedOn(split);
      double[] p =
          Holm.adjust(together.stream().mapToDouble(SuiteReport::againstCommonest).toArray());
      for (int i = 0; i < p.length; i++) {
        adjusted.put(together.get(i).configuration(), p[i]);
      }
    }
    return adjusted;
  }

  private static double againstCommonest(ConfigurationSummary c) {
    return Declaration.isBaseline(c.declared().method())
        ? Double.NaN
        : c.scores().map(SeedSummary::againstCommonest).orElse(Double.NaN);
  }
}
