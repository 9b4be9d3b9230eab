package io.buckbench.report;

import io.buckbench.eval.Prediction;
import io.buckbench.eval.SeedSummary;
import io.buckbench.eval.Trials;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.RowResults;
import io.buckbench.golden.SuiteResults;
import io.buckbench.record.Regimes;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was accepted, and how the fresh results differ from it.
 *
 * @param results the accepted results
 * @param diff the comparison with the fresh ones
 * @param since the date on which they were accepted; empty if unknown
 * @param accuracies the accepted accuracy of each row with its 95 % interval, by today's rules
 * @param findings the findings on the accepted answers, by today's rules; those that need losses or
 *     likelihoods, which are not kept, are missing
 */
public record AcceptedResults(
    SuiteResults results,
    GoldenDiff diff,
    String since,
    Map<String, Interval> accuracies,
    List<Finding> findings) {

  /**
   * Computes accuracies and findings from the accepted answers.
   *
   * @param fresh the records that were compared
   */
  public static AcceptedResults of(
      SuiteResults results,
      GoldenDiff diff,
      String since,
      List<RunRecord> fresh,
      Hypotheses hypotheses) {
    List<RunRecord> then = new ArrayList<>();
    fresh.forEach(run -> withAcceptedAnswers(results, run).ifPresent(then::add));
    Regimes regimes = Regimes.of(then);
    Map<String, Interval> accuracies = new LinkedHashMap<>();
    RunRecord.byConfiguration(then)
        .forEach(
            (id, trials) -> {
              List<List<Prediction>> answers = trials.stream().map(RunRecord::predictions).toList();
              if (answers.stream().anyMatch(a -> !a.isEmpty())) {
                Trials row = Trials.of(answers).in(regimes.of(trials.get(0)));
                accuracies.put(id, SeedSummary.of(row).accuracy());
              }
            });
    List<Finding> findings =
        new SuiteRuns(results.suite(), then, 0)
            .findings(hypotheses).stream().filter(f -> !Double.isNaN(f.estimate())).toList();
    return new AcceptedResults(results, diff, since, accuracies, findings);
  }

  /** A record with the answers that were accepted for its row and seed. */
  private static Optional<RunRecord> withAcceptedAnswers(SuiteResults results, RunRecord run) {
    RowResults row = results.rows().get(run.configuration());
    if (row == null) {
      return Optional.empty();
    }
    return row.trials().stream()
        .filter(trial -> trial.seed() == run.seed())
        .findFirst()
        .map(
            trial ->
                run.with(
                    trial.status(),
                    "",
                    List.of(),
                    trial.answers().isEmpty()
                        ? List.of()
                        : trial.predictions(results.testSets().get(row.testSet()))));
  }

  /** The accepted finding on the hypothesis and rows of a fresh one. */
  public Optional<Finding> then(Finding now) {
    return findings.stream()
        .filter(f -> f.hypothesis().equals(now.hypothesis()))
        .filter(f -> f.configuration().equals(now.configuration()))
        .filter(f -> f.statistic().equals(now.statistic()))
        .findFirst();
  }
}
