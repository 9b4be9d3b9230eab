package io.buckbench.record;

import io.buckbench.budget.CostLedger;
import io.buckbench.eval.Prediction;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The CSV files of a run: numbers as Java prints them, which reads back to the same bits. */
final class RunTables {
  private static final List<String> STEPS =
      List.of("step", "loss", "learning_rate", "gradient_norm", "tokens", "seconds");
  private static final List<String> PREDICTIONS =
      List.of("id", "level", "wanted", "answer", "generated", "log_prob_yes", "log_prob_no");
  private static final List<String> COST = List.of("phase", "seconds", "usd", "billed");

  private RunTables() {}

  static void writeSteps(Path folder, List<StepMetric> steps) throws IOException {
    write(
        folder.resolve("steps.csv"),
        STEPS,
        steps,
        s ->
            new Object[] {
              s.step(), s.loss(), s.learningRate(), s.gradientNorm(), s.tokens(), s.seconds()
            });
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
    write(
        folder.resolve("predictions.csv"),
        PREDICTIONS,
        predictions,
        p ->
            new Object[] {
              p.id(),
              p.level(),
              p.wanted() ? "yes" : "no",
              p.answer(),
              p.generated(),
              p.logProbYes(),
              p.logProbNo()
            });
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

  /** For people; the ledger itself, with its arithmetic, stands in {@code run.json}. */
  static void writeCost(Path folder, CostLedger cost) throws IOException {
    write(
        folder.resolve("cost.csv"),
        COST,
        cost.entries(),
        e -> new Object[] {e.phase(), e.seconds(), e.usd().toPlainString(), e.billed()});
  }

  private static <T> void write(
      Path file, List<String> columns, List<T> rows, Function<T, Object[]> values)
      throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator("\n")
            .setHeader(columns.toArray(String[]::new))
            .get();
    try (Writer writer = Files.newBufferedWriter(file);
        CSVPrinter printer = new CSVPrinter(writer, format)) {
      for (T row : rows) {
        printer.printRecord(values.apply(row));
      }
    }
  }
}
