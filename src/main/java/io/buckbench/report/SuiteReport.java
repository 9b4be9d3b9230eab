package io.buckbench.report;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.PriceCards;
import io.buckbench.budget.SpeedOrigins;
import io.buckbench.budget.Throughput;
import io.buckbench.budget.Throughputs;
import io.buckbench.data.Answers;
import io.buckbench.data.Split;
import io.buckbench.eval.SeedSummary;
import io.buckbench.files.WholeFiles;
import io.buckbench.findings.Finding;
import io.buckbench.findings.TrialScores;
import io.buckbench.findings.UnnamedDifference;
import io.buckbench.record.Declaration;
import io.buckbench.record.Regimes;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Holm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The report on a suite's results.
 *
 * @param suite the suite's name
 * @param configurations in the order of the suite
 * @param findings in the order of the hypotheses
 * @param returns the accuracy that a dollar returned
 * @param golden the comparison with the accepted results as plain text; empty if nothing was
 *     compared
 * @param speeds where the speeds come from that planned the rows, if they were looked up
 * @param differences settings in which compared rows differ although no claim names them
 */
public record SuiteReport(
    String suite,
    List<ConfigurationSummary> configurations,
    List<Finding> findings,
    ReturnOnADollar returns,
    String golden,
    Optional<SpeedOrigins> speeds,
    List<UnnamedDifference> differences) {

  /**
   * Creates a report.
   *
   * @param records at least one, in the order of the suite; seeds in any order
   * @throws IllegalArgumentException if there are no records
   */
  public static SuiteReport of(List<RunRecord> records, List<Finding> findings, String golden) {
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
        findings,
        ReturnOnADollar.of(reported(configurations)),
        golden,
        Optional.empty(),
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
    return withReturns(ReturnOnADollar.of(reported(configurations), cards, throughputs))
        .plannedFrom(SpeedOrigins.of(planned));
  }

  /** A copy that says where the speeds come from that planned the rows. */
  public SuiteReport plannedFrom(SpeedOrigins origins) {
    return new SuiteReport(
        suite, configurations, findings, returns, golden, Optional.of(origins), differences);
  }

  /** A copy that lists the settings in which compared rows differ although no claim names them. */
  public SuiteReport withDifferences(List<UnnamedDifference> found) {
    return new SuiteReport(suite, configurations, findings, returns, golden, speeds, found);
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
    return new SuiteReport(suite, configurations, findings, other, golden, speeds, differences);
  }

  /** A copy with another name in every title. */
  public SuiteReport titled(String name) {
    return new SuiteReport(name, configurations, findings, returns, golden, speeds, differences);
  }

  /** The configurations that were evaluated on a split. */
  List<ConfigurationSummary> evaluatedOn(Split split) {
    return evaluatedOn(configurations, split);
  }

  private static List<ConfigurationSummary> evaluatedOn(
      List<ConfigurationSummary> all, Split split) {
    return all.stream().filter(c -> c.declared().split() == split).toList();
  }

  /** The configurations evaluated on the test split; all of them if there are none. */
  private static List<ConfigurationSummary> reported(List<ConfigurationSummary> all) {
    List<ConfigurationSummary> test = evaluatedOn(all, Split.TEST);
    return test.isEmpty() ? all : test;
  }

  /** All records by configuration. */
  List<RunRecord> records() {
    return configurations.stream().flatMap(c -> c.trials().stream()).toList();
  }

  /** The answers that the items can have; empty if rows differ in them or none answered. */
  Optional<Answers> answers() {
    List<Answers> all =
        records().stream()
            .map(run -> run.data().answers())
            .filter(answers -> answers.size() > 0)
            .distinct()
            .toList();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** The levels of all configurations, in alphabetical order. */
  List<String> levels() {
    TreeSet<String> levels = new TreeSet<>();
    configurations.forEach(c -> levels.addAll(c.levels().keySet()));
    return List.copyOf(levels);
  }

  /** The whole report as a Markdown page. */
  public String markdown() {
    return SuiteMarkdown.of(this);
  }

  /** The configurations as CSV with all digits; shares are from 0 to 1. */
  public String csv() {
    return SuiteCsv.configurations(this);
  }

  /** The findings as CSV. */
  public String findingsCsv() {
    return SuiteCsv.findings(findings);
  }

  /** The scores of all trials as CSV. */
  public String trialsCsv() {
    return SuiteCsv.trials(trialScores());
  }

  /** The scores of all trials; records of the untouched model give the prior. */
  List<TrialScores> trialScores() {
    List<RunRecord> all = records();
    return all.stream().map(run -> TrialScores.of(run, all)).toList();
  }

  /**
   * The two-sided p value of each configuration's accuracy against the baseline that always gives
   * the commonest answer of training, over seeds and test items, after Holm's correction over the
   * configurations with the same split. NaN for a baseline itself, for one seed of a training, and
   * if nothing was answered.
   */
  Map<String, Double> againstCommonest() {
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

  /** The chart of accuracy against cost, on the test split or otherwise on validation. */
  public String costSvg() {
    return CostChart.svg(
        suite
            + (evaluatedOn(Split.TEST).isEmpty() ? " on validation" : "")
            + ": accuracy against cost, 95 % intervals over seeds and test items",
        returns.measured(),
        false);
  }

  /** The chart of accuracy against cost on all price cards. */
  String cardCostSvg() {
    return CostChart.svg(
        suite + ": accuracy against cost by price card, 95 % intervals", returns.byCard(), true);
  }

  /** The costs and accuracies as CSV. */
  public String returnsCsv() {
    return ReturnCsv.of(returns);
  }

  /**
   * Writes all files of the report to a folder: {@code summary.md}, {@code summary.csv}, {@code
   * trials.csv}, {@code findings.csv}, {@code return-on-a-dollar.csv}, {@code cost.svg} (and {@code
   * cost-by-card.svg} if costs on several price cards are known), and for each trial {@code
   * trials/<configuration>/<seed>/} with {@code loss.svg}, {@code metrics.csv}, {@code ledger.csv}
   * and {@code predictions.csv}. Each file is written atomically.
   */
  public void writeTo(Path folder) {
    WholeFiles.write(folder.resolve("summary.md"), markdown());
    WholeFiles.write(folder.resolve("summary.csv"), csv());
    WholeFiles.write(folder.resolve("trials.csv"), trialsCsv());
    WholeFiles.write(folder.resolve("findings.csv"), findingsCsv());
    WholeFiles.write(folder.resolve("return-on-a-dollar.csv"), returnsCsv());
    WholeFiles.write(folder.resolve("cost.svg"), costSvg());
    if (!returns.byCard().isEmpty()) {
      WholeFiles.write(folder.resolve("cost-by-card.svg"), cardCostSvg());
    }
    for (RunRecord run : records()) {
      Path trial =
          folder.resolve("trials").resolve(run.configuration()).resolve(Long.toString(run.seed()));
      WholeFiles.write(trial.resolve("loss.svg"), LossPlot.svg(run));
      WholeFiles.write(trial.resolve("metrics.csv"), TrialCsv.metrics(run));
      WholeFiles.write(trial.resolve("ledger.csv"), TrialCsv.ledger(run));
      WholeFiles.write(trial.resolve("predictions.csv"), TrialCsv.predictions(run));
    }
  }
}
