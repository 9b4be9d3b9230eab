package io.buckbench.report;

import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Stall;
import io.buckbench.eval.Prediction;
import io.buckbench.files.CsvText;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunTables;
import java.util.ArrayList;
import java.util.List;

/** The raw numbers of a trial as CSV with all digits. */
public final class TrialCsv {
  private TrialCsv() {}

  /** The training steps, one line each. */
  public static String metrics(RunRecord run) {
    return RunTables.steps(run.steps());
  }

  /**
   * The cost ledger: one line for each phase, then the billed sum, how many processes and threads
   * ran, the budget and what was spent beyond it, each stall, then how the budget was converted to
   * steps. Columns: the line's name, seconds, dollars, whether it is billed, and a note.
   */
  public static String ledger(RunRecord run) {
    CostLedger cost = run.cost();
    CsvText csv = CsvText.forSpreadsheets("line,seconds,usd,billed,note");
    for (CostLedger.Entry e : cost.entries()) {
      csv.row(e.phase(), e.seconds(), e.usd().toPlainString(), e.billed(), "");
    }
    double billedSeconds =
        cost.entries().stream()
            .filter(CostLedger.Entry::billed)
            .mapToDouble(CostLedger.Entry::seconds)
            .sum();
    csv.row(
        "spent", billedSeconds, cost.spentUsd().toPlainString(), true, "sum of the billed lines");
    csv.row("measured with", "", "", "", Formats.processes(run.provenance()));
    csv.row(
        "budget",
        "",
        cost.budgetUsd().toPlainString(),
        "",
        "price card " + cost.priceCard() + ", clock " + cost.clock());
    if (cost.beyondUsd().signum() > 0) {
      csv.row("beyond", "", cost.beyondUsd().toPlainString(), "", beyond(cost));
    }
    for (Stall stall : cost.stalls()) {
      csv.row("stall", stall.seconds(), "", "", stall);
    }
    csv.row(
        "steps", "", "", "", run.steps().size() + " taken, " + cost.plannedSteps() + " planned");
    for (String sentence : cost.arithmetic()) {
      csv.row("arithmetic", "", "", "", sentence);
    }
    return csv.toString();
  }

  private static String beyond(CostLedger cost) {
    return cost.overspent()
        ? "overspent " + cost.overspending()
        : "measured beyond the plan, whose steps are those of the recorded speed";
  }

  /** The answers to the test items, one line each. */
  public static String predictions(RunRecord run) {
    List<String> words = run.data().answers().words();
    List<String> header =
        new ArrayList<>(List.of("id", "level", "wanted", "answer", "correct", "generated"));
    words.forEach(word -> header.add("log_prob_" + word));
    CsvText csv = CsvText.forSpreadsheets(header);
    for (Prediction p : run.predictions()) {
      List<Object> row =
          new ArrayList<>(
              List.of(
                  p.id(),
                  p.level(),
                  p.wantedWord(),
                  p.answers().word(p.answer()),
                  p.correct(),
                  p.generated()));
      row.addAll(p.logProbs());
      csv.row(row);
    }
    return csv.toString();
  }
}
