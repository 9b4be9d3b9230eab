package io.buckbench.history;

import io.buckbench.eval.Prediction;
import io.buckbench.eval.SeedSummary;
import io.buckbench.eval.Trials;
import io.buckbench.findings.Finding;
import io.buckbench.findings.TrialScores;
import io.buckbench.record.Provenance;
import io.buckbench.record.Regimes;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Interval;
import io.buckbench.statistics.Regime;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one run of a suite: a line of its history.
 *
 * @param date when its last trial started, an ISO-8601 instant in UTC; empty if unknown
 * @param commit of its trials
 * @param dirty whether tracked files differed from the commit
 * @param deviceClass of its trials; only runs of one class promise equal bits
 * @param why the reason for which its results were accepted; empty if they were not
 * @param rows the rows by id, in the suite's order
 * @param verdicts {@code hypothesis} or {@code hypothesis/configuration} to verdict
 */
public record PastRun(
    String date,
    String commit,
    boolean dirty,
    String deviceClass,
    String why,
    Map<String, PastRow> rows,
    Map<String, String> verdicts) {

  /**
   * Summarises a run.
   *
   * @param runs its records, at least one, of one suite and device class
   * @param findings the findings on them; those that do not repeat are left out
   */
  public static PastRun of(List<RunRecord> runs, List<Finding> findings) {
    Provenance newest =
        Provenance.newest(runs)
            .orElseThrow(() -> new IllegalArgumentException("a run without records"));
    Regimes regimes = Regimes.of(runs);
    Map<String, PastRow> rows = new LinkedHashMap<>();
    RunRecord.byConfiguration(runs)
        .forEach((id, trials) -> rows.put(id, row(trials, regimes.of(trials.get(0)))));
    Map<String, String> verdicts = new LinkedHashMap<>();
    findings.stream()
        .filter(f -> f.suite().equals(runs.get(0).suite()) && f.repeats())
        .forEach(f -> verdicts.put(f.key(), f.verdict().name()));
    return new PastRun(
        newest.startedAt(),
        newest.commit(),
        runs.stream().anyMatch(run -> run.provenance().dirty()),
        newest.deviceClass(),
        "",
        rows,
        verdicts);
  }

  private static PastRow row(List<RunRecord> trials, Regime regime) {
    List<List<Prediction>> answers = trials.stream().map(RunRecord::predictions).toList();
    Interval accuracy =
        answers.stream().allMatch(List::isEmpty)
            ? new Interval(0, Double.NaN, Double.NaN)
            : SeedSummary.of(Trials.of(answers).in(regime)).accuracy();
    return new PastRow(
        trials.size(),
        (int) trials.stream().filter(PastRun::learned).count(),
        percent(accuracy.estimate()),
        percent(accuracy.low()),
        percent(accuracy.high()),
        trials.stream()
            .map(run -> run.cost().spentUsd())
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(BigDecimal.valueOf(trials.size()), new MathContext(4)),
        trials.get(0).cost().budgetUsd());
  }

  private static boolean learned(RunRecord run) {
    return TrialScores.of(run, List.of()).learned();
  }

  /** A share as a percentage with two digits; {@code null} for NaN. */
  private static Double percent(double share) {
    return Double.isNaN(share) ? null : Math.round(1e4 * share) / 1e2;
  }

  /** This run, accepted for a reason. */
  public PastRun accepted(String reason) {
    return new PastRun(date, commit, dirty, deviceClass, reason, rows, verdicts);
  }

  /** Whether its results were accepted. */
  public boolean wasAccepted() {
    return !why.isEmpty();
  }
}
