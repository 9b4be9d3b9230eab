package io.buckbench.report;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.data.Answers;
import io.buckbench.eval.AnswerSheets;
import io.buckbench.eval.Prediction;
import io.buckbench.promise.Inspection;
import io.buckbench.record.DataFacts;
import io.buckbench.record.Declaration;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.SideEffects;
import io.buckbench.record.Truncated;
import io.buckbench.train.StepMetric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Invented run records. */
public final class SyntheticRuns {
  private SyntheticRuns() {}

  /**
   * A trial on 40 test items, 25 of them yes, that answers the first {@code right} of them right.
   */
  public static RunRecord trial(String configuration, String method, long seed, int right) {
    return trial(configuration, method, seed, right, 12);
  }

  /** A trial with the given number of steps; the loss is proportional to 1 / step. */
  public static RunRecord trial(
      String configuration, String method, long seed, int right, int steps) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      boolean wanted = i % 8 < 5;
      boolean answer = (i < right) == wanted;
      predictions.add(
          AnswerSheets.yesNo(
              "test.jsonl:" + (i + 1),
              i % 2 == 0 ? "presence" : "binding",
              wanted,
              answer ? "yes" : "no",
              answer ? -0.25 : -1.5,
              answer ? -1.5 : -0.25));
    }
    List<StepMetric> metrics =
        IntStream.rangeClosed(1, steps)
            .mapToObj(i -> new StepMetric(i, 3.5 / i, 0.001, 1.25, 512, 0.125))
            .toList();
    return new RunRecord(
        "mini",
        configuration,
        seed,
        RunStatus.COMPLETED,
        "",
        declared(configuration, method),
        provenance(),
        steps == 0 ? 0 : 4096,
        2_000_000,
        steps == 0 ? "" : "ab12",
        Inspection.NONE,
        new Truncated(3, 0),
        new DataFacts(Answers.YES_NO),
        metrics,
        ledger(steps),
        predictions,
        SideEffects.NONE);
  }

  /** A trial of the baseline that always answers yes. */
  public static RunRecord allYes(long seed) {
    RunRecord like = trial("all-yes", "all-yes", seed, 40, 0);
    List<Prediction> yes =
        like.predictions().stream()
            .map(p -> Prediction.withoutModel(p.id(), p.level(), p.answers(), p.wanted(), "yes"))
            .toList();
    return with(like, RunStatus.COMPLETED, "", like.steps(), yes);
  }

  /** A copy of a trial with other results. */
  public static RunRecord with(
      RunRecord run,
      RunStatus status,
      String failure,
      List<StepMetric> steps,
      List<Prediction> predictions) {
    return RunCopy.of(run).ended(status, failure).steps(steps).predictions(predictions).record();
  }

  /** A copy of a trial with another commit. */
  public static RunRecord ofCommit(RunRecord run, String commit) {
    return RunCopy.of(run).commit(commit).record();
  }

  /** A copy of a trial in mixed precision with other steps. */
  static RunRecord inMixedPrecision(RunRecord run, List<StepMetric> steps) {
    return RunCopy.of(run).precision("mixed").steps(steps).record();
  }

  private static Declaration declared(String configuration, String method) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("id", configuration);
    row.put("model", "opt-nano");
    row.put("method", method);
    row.put("learning_rate", "0.001");
    return new Declaration(row);
  }

  static Provenance provenance() {
    return new Provenance(
        "2026-01-02T03:04:05Z",
        "0123456789abcdef",
        false,
        "run suite",
        "cpu-x86_64-avx512-t2",
        "a CPU that nobody owns",
        "float32",
        2,
        1,
        new LinkedHashMap<>(Map.of("PyTorch", "2.5.1")),
        Map.of(),
        new LinkedHashMap<>(Map.of("data", "d00d")));
  }

  private static CostLedger ledger(int steps) {
    return new CostLedger(
        "cpu-2",
        BudgetClock.PLANNED,
        new BigDecimal("0.0005"),
        steps,
        List.of("0.0005 USD at 0.08 USD an hour buys 22.5 s", "22.5 s at 0.125 s a step, rounded"),
        List.of(
            new CostLedger.Entry(Phase.LOAD, 0.5, new BigDecimal("0.0000111"), false),
            new CostLedger.Entry(
                Phase.TRAIN,
                steps * 0.125,
                new BigDecimal("0.0000028").multiply(BigDecimal.valueOf(steps)),
                true),
            new CostLedger.Entry(Phase.EVALUATE, 2.5, new BigDecimal("0.0000556"), false)),
        List.of());
  }
}
