package io.buckbench.report;

import io.buckbench.budget.Phase;
import io.buckbench.eval.AnswerCounts;
import io.buckbench.eval.LikelihoodPrior;
import io.buckbench.eval.Scores;
import io.buckbench.eval.SeedSummary;
import io.buckbench.files.CsvText;
import io.buckbench.findings.Finding;
import io.buckbench.findings.TrialScores;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.SideEffect;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results of a suite as CSV. */
final class SuiteCsv {
  private static final int OTHERS_SHOWN = 5;
  private static final String SCORES =
      "configuration,method,model,split,seeds,failed,collapsed,rows,accuracy,accuracy_low,"
          + "accuracy_high,accuracy_seed_sd,balanced_accuracy,balanced_accuracy_low,"
          + "balanced_accuracy_high,balanced_accuracy_seed_sd,parse_rate,parse_rate_low,"
          + "parse_rate_high,basis,p_commonest,p_commonest_holm";

  private static final String TRIAL =
      "configuration,seed,status,ended_as,rows,accuracy,balanced_accuracy,macro_f1,parse_rate,"
          + "other_answers,likelihood_accuracy,likelihood_balanced_accuracy,"
          + "prior_log_odds,normalised_likelihood_accuracy,"
          + "normalised_likelihood_balanced_accuracy,likelihood_accuracy_by_length,"
          + "likelihood_accuracy_by_information,likelihood_area,rows_in_training,"
          + "usd,budget_usd,overspent";

  private SuiteCsv() {}

  static String configurations(SuiteReport report) {
    List<String> levels = report.levels();
    List<String> header = new ArrayList<>(List.of(SCORES.split(",")));
    levels.forEach(level -> header.add("accuracy_" + level));
    header.addAll(
        List.of(
            "steps",
            "trainable_parameters",
            "train_seconds",
            "threads",
            "workers",
            "usd_per_trial",
            "budget_usd",
            "trials_beyond_budget",
            "overspent"));
    header.addAll(SideEffectColumns.names());
    header.add("diagnoses");
    CsvText csv = CsvText.forSpreadsheets(header);
    Map<String, Double> againstCommonest = report.againstCommonest();
    for (ConfigurationSummary c : report.configurations()) {
      List<Object> row =
          new ArrayList<>(
              List.of(
                  c.configuration(),
                  c.declared().method(),
                  c.declared().model(),
                  c.declared().split(),
                  c.trials().size()));
      row.addAll(c.scores().map(SuiteCsv::scores).orElse(Collections.nCopies(16, "")));
      row.add(againstCommonest.get(c.configuration()));
      levels.forEach(level -> row.add(c.levels().containsKey(level) ? c.levels().get(level) : ""));
      row.add(c.steps());
      row.add(c.trials().get(0).trainableParameters());
      row.add(c.seconds(Phase.TRAIN));
      row.add(distinct(c, Provenance::threads));
      row.add(distinct(c, Provenance::workers));
      row.add(c.usd().toPlainString());
      row.add(c.trials().get(0).cost().budgetUsd().toPlainString());
      row.add(c.trials().stream().filter(r -> r.cost().beyondUsd().signum() > 0).count());
      row.add(c.overspent());
      row.addAll(SideEffectColumns.of(c));
      row.add(Formats.pairs(c.diagnoses()));
      csv.row(row);
    }
    return csv.toString();
  }

  /** The values of all trials; a row whose trials were not run together can have several. */
  private static String distinct(ConfigurationSummary c, Function<Provenance, Integer> number) {
    return c.trials().stream()
        .map(run -> number.apply(run.provenance()).toString())
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static List<Object> scores(SeedSummary s) {
    Interval a = s.accuracy();
    Interval b = s.balancedAccuracy();
    return List.of(
        s.failed(),
        s.collapsed(),
        s.items(),
        a.estimate(),
        a.low(),
        a.high(),
        s.accuracySeedSd(),
        b.estimate(),
        b.low(),
        b.high(),
        s.balancedAccuracySeedSd(),
        s.parseRate().estimate(),
        s.parseRate().low(),
        s.parseRate().high(),
        s.basis(),
        s.againstCommonest());
  }

  static String trials(List<TrialScores> trials) {
    List<String> header = new ArrayList<>(List.of(TRIAL.split(",")));
    for (SideEffect effect : SideEffect.values()) {
      header.add(SideEffectColumns.name(effect));
    }
    header.addAll(List.of("sentence", "broken_promises"));
    CsvText csv = CsvText.forSpreadsheets(header);
    for (TrialScores trial : trials) {
      RunRecord run = trial.run();
      List<Object> row =
          new ArrayList<>(List.of(run.configuration(), run.seed(), run.status(), trial.ending()));
      row.addAll(trial.scores().map(s -> scores(trial, s)).orElse(Collections.nCopies(15, "")));
      row.add(run.cost().spentUsd().toPlainString());
      row.add(run.cost().budgetUsd().toPlainString());
      row.add(run.cost().overspending());
      for (SideEffect effect : SideEffect.values()) {
        row.add(effect.of(run.sideEffects()));
      }
      row.add(trial.sentence());
      row.add(run.broken().stream().map(PromiseCheck::toString).collect(Collectors.joining("; ")));
      csv.row(row);
    }
    return csv.toString();
  }

  private static List<Object> scores(TrialScores trial, Scores s) {
    return List.of(
        s.items(),
        s.accuracy(),
        s.balancedAccuracy(),
        s.counts().macroF1(),
        s.counts().parseRate(),
        s.commonestOthers(OTHERS_SHOWN),
        s.likelihood().accuracy(),
        s.likelihood().balancedAccuracy(),
        prior(trial, s),
        trial.normalisedAccuracy(),
        trial.normalisedBalancedAccuracy(),
        s.likelihood().byLengthAccuracy(),
        s.likelihood().informationAccuracy(),
        s.likelihood().areaUnderCurve(),
        trial.run().data().leaks().whole());
  }

  /** For two answers the log-odds of the first; otherwise each answer with its log-odds. */
  private static Object prior(TrialScores trial, Scores scores) {
    List<Double> odds = trial.prior().map(LikelihoodPrior::logOdds).orElse(List.of());
    if (scores.counts().answers().size() == 2) {
      return odds.isEmpty() ? Double.NaN : odds.get(0);
    }
    Map<String, Double> byWord = new LinkedHashMap<>();
    for (int answer = 0; answer < odds.size(); answer++) {
      byWord.put(scores.counts().answers().word(answer), odds.get(answer));
    }
    return Formats.pairs(byWord);
  }

  /** The confusion table of each configuration, summed over its trials. */
  static String confusion(SuiteReport report) {
    CsvText csv = CsvText.forSpreadsheets("configuration,wanted,answer,count");
    for (ConfigurationSummary row : report.configurations()) {
      row.confusion()
          .map(AnswerCounts::cells)
          .orElse(List.of())
          .forEach(c -> csv.row(row.configuration(), c.wanted(), c.given(), c.count()));
    }
    return csv.toString();
  }

  static String findings(List<Finding> findings) {
    CsvText csv =
        CsvText.forSpreadsheets(
            "hypothesis,suite,configuration,verdict,statistic,estimate,low,high,p_value,power,"
                + "sentence");
    for (Finding f : findings) {
      csv.row(
          f.hypothesis(),
          f.suite(),
          f.configuration(),
          f.verdict(),
          f.statistic(),
          f.estimate(),
          f.low(),
          f.high(),
          f.pValue(),
          f.power(),
          f.sentence());
    }
    return csv.toString();
  }

  static String flips(Optional<AcceptedResults> accepted) {
    CsvText csv = CsvText.forSpreadsheets("configuration,id,wanted,accepted,now");
    accepted.ifPresent(
        then ->
            then.diff()
                .rows()
                .forEach(
                    row ->
                        row.flips()
                            .forEach(
                                f ->
                                    csv.row(
                                        row.configuration(),
                                        f.id(),
                                        f.wanted(),
                                        f.golden(),
                                        f.fresh()))));
    return csv.toString();
  }
}
