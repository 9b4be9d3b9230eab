package io.buckbench.record;

import io.buckbench.budget.CostLedger;
import io.buckbench.eval.Prediction;
import io.buckbench.files.CsvText;
import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import io.buckbench.train.StepMetric;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The CSV files of a run. Numbers are written as Java prints them, which preserves every bit. */
public final class RunTables {
  private static final List<String> STEPS =
      List.of("step", "loss", "learning_rate", "gradient_norm", "tokens", "seconds");
  private static final List<String> PREDICTIONS =
      List.of("id", "level", "wanted", "answer", "generated", "log_prob_yes", "log_prob_no");
  private static final List<String> COST = List.of("phase", "seconds", "usd", "billed");

  private RunTables() {}

  /** Training steps as CSV, one line for each. */
  public static String steps(List<StepMetric> steps) {
    CsvText csv = new CsvText(STEPS);
    for (StepMetric s : steps) {
      csv.row(s.step(), s.loss(), s.learningRate(), s.gradientNorm(), s.tokens(), s.seconds());
    }
    return csv.toString();
  }

  static List<StepMetric> readSteps(Path file) {
    return read(
        file,
        STEPS,
        row ->
            new StepMetric(
                row.integer("step", 1, Integer.MAX_VALUE),
                row.real("loss"),
                row.real("learning_rate"),
                row.real("gradient_norm"),
                row.whole("tokens", 0),
                row.real("seconds")));
  }

  static String predictions(List<Prediction> predictions) {
    CsvText csv = new CsvText(PREDICTIONS);
    for (Prediction p : predictions) {
      csv.row(
          p.id(),
          p.level(),
          p.wanted() ? "yes" : "no",
          p.answer(),
          p.generated(),
          p.logProbYes(),
          p.logProbNo());
    }
    return csv.toString();
  }

  static List<Prediction> readPredictions(Path file) {
    return read(
        file,
        PREDICTIONS,
        row ->
            new Prediction(
                row.text("id"),
                row.text("level"),
                row.choice("wanted", List.of("yes", "no")).equals("yes"),
                row.text("generated"),
                row.real("log_prob_yes"),
                row.real("log_prob_no")));
  }

  private static <T> List<T> read(Path file, List<String> columns, Function<CsvRow, T> row) {
    Problems problems = new Problems();
    List<T> rows = CsvTable.read(file, columns, List.of(), problems).map(row);
    problems.throwIfAny();
    return rows;
  }

  /** For readers only; {@code run.json} has the whole ledger with its arithmetic. */
  static String cost(CostLedger cost) {
    CsvText csv = new CsvText(COST);
    cost.entries()
        .forEach(e -> csv.row(e.phase(), e.seconds(), e.usd().toPlainString(), e.billed()));
    return csv.toString();
  }
}
