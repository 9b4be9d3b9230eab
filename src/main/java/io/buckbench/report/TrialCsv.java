package io.buckbench.report;

import io.buckbench.budget.CostLedger;
import io.buckbench.eval.Prediction;
import io.buckbench.files.CsvText;
import io.buckbench.record.RunRecord;
import io.buckbench.train.StepMetric;
import java.util.List;
import java.util.Locale;

/** One trial's raw numbers as CSV, every digit kept. */
public final class TrialCsv {
  private TrialCsv() {}

  /** One line a step. */
  public static String metrics(RunRecord run) {
    CsvText csv =
        new CsvText(List.of("step", "loss", "learning_rate", "gradient_norm", "tokens", "seconds"));
    for (StepMetric s : run.steps()) {
      csv.row(s.step(), s.loss(), s.learningRate(), s.gradientNorm(), s.tokens(), s.seconds());
    }
    return csv.toString();
  }

  /**
   * One line a phase, then the sum of what was billed, then how dollars became steps. Columns: what
   * the line is, its seconds, its dollars, whether the budget is charged with it, and words.
   */
  public static String ledger(RunRecord run) {
    CostLedger cost = run.cost();
    CsvText csv = new CsvText(List.of("line", "seconds", "usd", "billed", "note"));
    for (CostLedger.Entry e : cost.entries()) {
      csv.row(e.phase(), e.seconds(), e.usd().toPlainString(), e.billed(), "");
    }
    double billedSeconds =
        cost.entries().stream()
            .filter(CostLedger.Entry::billed)
            .mapToDouble(CostLedger.Entry::seconds)
            .sum();
    csv.row("spent", billedSeconds, cost.spentUsd().toPlainString(), true, "sum of what is billed");
    csv.row(
        "budget",
        "",
        cost.budgetUsd().toPlainString(),
        "",
        "card " + cost.priceCard() + ", clock " + cost.clock());
    csv.row(
        "steps", "", "", "", run.steps().size() + " taken, " + cost.plannedSteps() + " planned");
    for (String sentence : cost.arithmetic()) {
      csv.row("arithmetic", "", "", "", sentence);
    }
    return csv.toString();
  }

  /** One line a test row. */
  public static String predictions(RunRecord run) {
    CsvText csv =
        new CsvText(
            List.of(
                "id",
                "level",
                "wanted",
                "answer",
                "correct",
                "generated",
                "log_prob_yes",
                "log_prob_no"));
    for (Prediction p : run.predictions()) {
      csv.row(
          p.id(),
          p.level(),
          p.wanted() ? "yes" : "no",
          p.answer().name().toLowerCase(Locale.ROOT),
          p.correct(),
          p.generated(),
          p.logProbYes(),
          p.logProbNo());
    }
    return csv.toString();
  }
}
