package io.buckbench.record;

import io.buckbench.budget.CostLedger;
import io.buckbench.eval.Prediction;
import io.buckbench.files.CsvText;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The CSV files of a run: numbers as Java prints them, which reads back to the same bits. */
final class RunTables {
  private static final List<String> STEPS =
      List.of("step", "loss", "learning_rate", "gradient_norm", "tokens", "seconds");
  private static final List<String> PREDICTIONS =
      List.of("id", "level", "wanted", "answer", "generated", "log_prob_yes", "log_prob_no");
  private static final List<String> COST = List.of("phase", "seconds", "usd", "billed");

  private RunTables() {}

  static void writeSteps(Path folder, List<StepMetric> steps) throws IOException {
    CsvText csv = new CsvText(STEPS);
    for (StepMetric s : steps) {
      csv.row(s.step(), s.loss(), s.learningRate(), s.gradientNorm(), s.tokens(), s.seconds());
    }
    Files.writeString(folder.resolve("steps.csv"), csv.toString());
  }

  static List<StepMetric> readSteps(Path folder) {
    Problems problems = new Problems();
    List<StepMetric> steps =
        CsvTable.read(folder.resolve("steps.csv"), STEPS, List.of(), problems)
            .map(
                row ->
                    new StepMetric(
                        Integer.parseInt(row.text("step")),
                        Double.parseDouble(row.text("loss")),
                        Double.parseDouble(row.text("learning_rate")),
                        Double.parseDouble(row.text("gradient_norm")),
                        Long.parseLong(row.text("tokens")),
                        Double.parseDouble(row.text("seconds"))));
    problems.throwIfAny();
    return steps;
  }

  static void writePredictions(Path folder, List<Prediction> predictions) throws IOException {
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
    Files.writeString(folder.resolve("predictions.csv"), csv.toString());
  }

  static List<Prediction> readPredictions(Path folder) {
    Problems problems = new Problems();
    List<Prediction> predictions =
        CsvTable.read(folder.resolve("predictions.csv"), PREDICTIONS, List.of(), problems)
            .map(
                row ->
                    new Prediction(
                        row.text("id"),
                        row.text("level"),
                        row.text("wanted").equals("yes"),
                        row.text("generated"),
                        Double.parseDouble(row.text("log_prob_yes")),
                        Double.parseDouble(row.text("log_prob_no"))));
    problems.throwIfAny();
    return predictions;
  }

  /** For people; the ledger itself, with its arithmetic, is in {@code run.json}. */
  static void writeCost(Path folder, CostLedger cost) throws IOException {
    CsvText csv = new CsvText(COST);
    cost.entries()
        .forEach(e -> csv.row(e.phase(), e.seconds(), e.usd().toPlainString(), e.billed()));
    Files.writeString(folder.resolve("cost.csv"), csv.toString());
  }
}
