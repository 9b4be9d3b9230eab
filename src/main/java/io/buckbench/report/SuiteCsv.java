package io.buckbench.report;

import io.buckbench.eval.Interval;
import io.buckbench.eval.SeedSummary;
import io.buckbench.findings.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A suite's results as CSV. */
final class SuiteCsv {
  private SuiteCsv() {}

  static String experiments(SuiteReport report) {
    List<String> levels = report.levels();
    List<String> header =
        new ArrayList<>(
            List.of(
                "experiment",
                "method",
                "model",
                "split",
                "seeds",
                "failed",
                "collapsed",
                "rows",
                "accuracy",
                "accuracy_low",
                "accuracy_high",
                "accuracy_seed_sd",
                "balanced_accuracy",
                "balanced_accuracy_low",
                "balanced_accuracy_high",
                "parse_rate",
                "mcnemar_p_all_yes"));
    levels.forEach(level -> header.add("accuracy_" + level));
    header.addAll(
        List.of("steps", "trainable_parameters", "train_seconds", "usd_per_trial", "diagnoses"));
    Csv csv = new Csv(header);
    for (ExperimentSummary e : report.experiments()) {
      List<Object> row =
          new ArrayList<>(
              List.of(
                  e.experiment(),
                  e.declared("method"),
                  e.declared("model"),
                  e.trials().get(0).split(),
                  e.trials().size()));
      row.addAll(e.scores().map(SuiteCsv::scores).orElseGet(() -> blanks(12)));
      levels.forEach(level -> row.add(e.levels().containsKey(level) ? e.levels().get(level) : ""));
      row.add(e.steps());
      row.add(e.trials().get(0).trainableParameters());
      row.add(e.seconds("train"));
      row.add(e.usd().toPlainString());
      row.add(Words.counts(e.diagnoses()));
      csv.row(row);
    }
    return csv.toString();
  }

  private static List<Object> scores(SeedSummary s) {
    Interval a = s.accuracy();
    Interval b = s.balancedAccuracy();
    return List.of(
        s.failed(),
        s.collapsed(),
        s.rows(),
        a.estimate(),
        a.low(),
        a.high(),
        s.accuracySeedSd(),
        b.estimate(),
        b.low(),
        b.high(),
        s.parseRate().estimate(),
        s.againstAllYes().pValue());
  }

  private static List<Object> blanks(int n) {
    return new ArrayList<>(Collections.nCopies(n, ""));
  }

  static String findings(List<Finding> findings) {
    Csv csv =
        new Csv(
            List.of(
                "hypothesis",
                "suite",
                "experiment",
                "verdict",
                "statistic",
                "estimate",
                "low",
                "high",
                "p_value",
                "power",
                "sentence"));
    for (Finding f : findings) {
      csv.row(
          f.hypothesis(),
          f.suite(),
          f.experiment(),
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
}
