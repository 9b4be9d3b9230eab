package io.buckbench.report;

import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughputs;
import io.buckbench.data.Split;
import io.buckbench.eval.Holm;
import io.buckbench.files.WholeFiles;
import io.buckbench.findings.Finding;
import io.buckbench.findings.TrialScores;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A suite's results, methods side by side.
 *
 * @param suite its name
 * @param configurations in the order the records came, which is the suite's
 * @param findings what was concluded, in the order of the hypotheses
 * @param returns what accuracy a dollar returned
 * @param golden how the results compare with the accepted ones, lines of plain text; empty where
 *     nothing was compared
 */
public record SuiteReport(
    String suite,
    List<ConfigurationSummary> configurations,
    List<Finding> findings,
    ReturnOnADollar returns,
    String golden) {

  /**
   * Puts a suite's records together.
   *
   * @param records at least one, in the suite's order of rows; seeds in any order
   */
  public static SuiteReport of(List<RunRecord> records, List<Finding> findings, String golden) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a report needs at least one run record");
    }
    List<ConfigurationSummary> configurations = new ArrayList<>();
    RunRecord.byConfiguration(records)
        .forEach((id, trials) -> configurations.add(ConfigurationSummary.of(id, trials)));
    return new SuiteReport(
        records.get(0).suite(),
        configurations,
        findings,
        ReturnOnADollar.of(reported(configurations)),
        golden);
  }

  /** The same with what its trainings cost on every price card that their speed is known for. */
  public SuiteReport pricedBy(PriceCards cards, Throughputs throughputs) {
    return returning(ReturnOnADollar.of(reported(configurations), cards, throughputs));
  }

  /**
   * The same with the cheapest way to these accuracies.
   *
   * @param accuracies 0 to 1
   */
  public SuiteReport reaching(List<Double> accuracies) {
    return returning(returns.asked(accuracies));
  }

  private SuiteReport returning(ReturnOnADollar other) {
    return new SuiteReport(suite, configurations, findings, other, golden);
  }

  /** The same under another name in every title. */
  public SuiteReport titled(String name) {
    return new SuiteReport(name, configurations, findings, returns, golden);
  }

  /** The configurations that asked one split. */
  List<ConfigurationSummary> asked(Split split) {
    return asked(configurations, split);
  }

  private static List<ConfigurationSummary> asked(List<ConfigurationSummary> all, Split split) {
    return all.stream().filter(c -> c.declared().split() == split).toList();
  }

  /** Those that were asked test items; if none were, all of them, and every title says so. */
  private static List<ConfigurationSummary> reported(List<ConfigurationSummary> all) {
    List<ConfigurationSummary> test = asked(all, Split.TEST);
    return test.isEmpty() ? all : test;
  }

  /** Every record, configuration by configuration. */
  List<RunRecord> records() {
    return configurations.stream().flatMap(c -> c.trials().stream()).toList();
  }

  /** The levels that any configuration was tested on, in alphabetical order. */
  List<String> levels() {
    TreeSet<String> levels = new TreeSet<>();
    configurations.forEach(c -> levels.addAll(c.levels().keySet()));
    return List.copyOf(levels);
  }

  /** For a person. */
  public String markdown() {
    return SuiteMarkdown.of(this);
  }

  /** One line a configuration, every digit kept; shares from 0 to 1. */
  public String csv() {
    return SuiteCsv.configurations(this);
  }

  /** One line a finding. */
  public String findingsCsv() {
    return SuiteCsv.findings(findings);
  }

  /** One line a trial: scored by its answers, by likelihood and by texts that are no answer. */
  public String trialsCsv() {
    return SuiteCsv.trials(trialScores());
  }

  /** Every trial, scored; the untouched model's prior is that of its row among the records. */
  List<TrialScores> trialScores() {
    List<RunRecord> all = records();
    return all.stream().map(run -> TrialScores.of(run, all)).toList();
  }

  /**
   * P value of each configuration against always yes, by McNemar's exact test on the seed that
   * differs least and after Holm's correction over the suite's configurations on its split; NaN for
   * always yes itself and where nothing was answered.
   */
  Map<String, Double> againstAllYes() {
    Map<String, Double> adjusted = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      List<ConfigurationSummary> together = asked(split);
      double[] p = Holm.adjust(together.stream().mapToDouble(SuiteReport::againstAllYes).toArray());
      for (int i = 0; i < p.length; i++) {
        adjusted.put(together.get(i).configuration(), p[i]);
      }
    }
    return adjusted;
  }

  private static double againstAllYes(ConfigurationSummary c) {
    return c.declared().method().equals(Declaration.ALL_YES)
        ? Double.NaN
        : c.scores().map(s -> s.againstAllYes().pValue()).orElse(Double.NaN);
  }

  /**
   * Accuracy against cost, on test rows; where none were asked, on validation rows, and so named.
   */
  public String costSvg() {
    return CostChart.svg(
        suite
            + (asked(Split.TEST).isEmpty() ? " on validation" : "")
            + ": accuracy against cost, 95 % intervals over seeds and test rows",
        returns.measured(),
        false);
  }

  /** The same on every price card. */
  String cardCostSvg() {
    return CostChart.svg(
        suite + ": accuracy against cost by price card, 95 % intervals", returns.byCard(), true);
  }

  /** One line for each way to an accuracy and its cost. */
  public String returnsCsv() {
    return ReturnCsv.of(returns);
  }

  /**
   * Writes everything below a folder: {@code summary.md}, {@code summary.csv}, {@code trials.csv},
   * {@code findings.csv}, {@code return-on-a-dollar.csv}, {@code cost.svg} (and {@code
   * cost-by-card.svg} where several price cards are known), and for each trial {@code
   * trials/<configuration>/<seed>/} with {@code loss.svg}, {@code metrics.csv}, {@code ledger.csv}
   * and {@code predictions.csv}. Each file is written whole or not at all.
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
