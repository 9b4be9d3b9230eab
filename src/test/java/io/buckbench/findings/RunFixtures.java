package io.buckbench.findings;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
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

/** Invented run records. */
public final class RunFixtures {
  /** A provenance; runs that share it must be bit-equal. */
  public static final Provenance PROVENANCE =
      new Provenance(
          "2026-11-23T12:00:00Z",
          "0123456789abcdef",
          false,
          "run suite",
          "cpu-x86_64-avx512-t2",
          "a processor",
          "float32",
          2,
          1,
          new LinkedHashMap<>(Map.of("pytorch", "2.5.1")),
          Map.of(),
          new LinkedHashMap<>(Map.of("model", "aa", "data", "bb")));

  private RunFixtures() {}

  /** A completed run; the method is the first part of the configuration's id. */
  public static RunRecord run(String configuration, long seed, List<Prediction> answers) {
    return run(configuration, seed, RunStatus.COMPLETED, answers, losses(seed), PROVENANCE);
  }

  /** A run with everything that a comparison depends on. */
  public static RunRecord run(
      String configuration,
      long seed,
      RunStatus status,
      List<Prediction> answers,
      double[] losses,
      Provenance provenance) {
    Map<String, String> declared = new LinkedHashMap<>();
    declared.put("method", configuration.split("_")[0]);
    declared.put("rank", configuration.matches("lora_\\d+.*") ? configuration.split("_")[1] : "");
    List<StepMetric> steps = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      steps.add(new StepMetric(i + 1, losses[i], 1e-3, 1, 100, 0.1));
    }
    return new RunRecord(
        "smoke",
        configuration,
        seed,
        status,
        status == RunStatus.FAILED ? "out of memory" : "",
        new Declaration(declared),
        provenance,
        configuration.matches("lora_\\d+.*")
            ? 1000L * Integer.parseInt(configuration.split("_")[1])
            : 0,
        1_000_000,
        losses.length == 0 ? "" : "sha-" + configuration + "-" + seed,
        Inspection.NONE,
        new Truncated(0, 0),
        new DataFacts(Answers.YES_NO),
        steps,
        new CostLedger(
            "cpu-2",
            BudgetClock.PLANNED,
            BigDecimal.ONE,
            losses.length,
            List.of(),
            List.of(),
            List.of()),
        answers,
        SideEffects.NONE);
  }

  /** A copy of a run in another suite. */
  public static RunRecord inSuite(String suite, RunRecord run) {
    return RunCopy.of(run).suite(suite).record();
  }

  /** A decreasing loss curve. */
  public static double[] losses(long seed) {
    double[] losses = new double[40];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = 1 + 1.0 / (1 + i) + 0.001 * seed;
    }
    return losses;
  }

  /** Answers to 372 yes items and 228 no items, all of them yes or no. */
  public static List<Prediction> answers(int rightOnYes, int rightOnNo) {
    return AnswerSheets.of(
        AnswerSheets.counts(rightOnYes, 372 - rightOnYes, 0, 228 - rightOnNo, rightOnNo, 0));
  }

  /** Runs of three seeds with about the given counts of right answers. */
  public static List<RunRecord> row(String configuration, int rightOnYes, int rightOnNo) {
    List<RunRecord> runs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      int shift = (int) (seed - 2) * 2;
      int yes = Math.min(372, rightOnYes + shift);
      int no = Math.max(0, rightOnNo - shift);
      runs.add(run(configuration, seed, answers(yes, no)));
    }
    return runs;
  }
}
