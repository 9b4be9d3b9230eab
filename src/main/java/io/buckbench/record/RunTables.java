package io.buckbench.record;

import io.buckbench.budget.CostLedger;
import io.buckbench.data.Answers;
import io.buckbench.eval.AnswerCounts;
import io.buckbench.eval.Prediction;
import io.buckbench.files.CsvText;
import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import io.buckbench.train.StepMetric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The CSV files of a run. Numbers are written as Java prints them, which preserves every bit. */
public final class RunTables {
  private static final List<String> STEPS =
      List.of("step", "loss", "learning_rate", "gradient_norm", "tokens", "seconds");
  private static final List<String> PREDICTIONS =
      List.of("id", "level", "wanted", "answer", "generated");
  private static final List<String> CONFUSION = List.of("wanted", "answer", "count");
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

  /**
   * Answers are indices into the words of the record; {@value io.buckbench.data.Answers#OTHER} is
   * any other text.
   */
  static String predictions(Answers answers, List<Prediction> predictions) {
    CsvText csv = new CsvText(predictionColumns(answers));
    for (Prediction p : predictions) {
      List<Object> row =
          new ArrayList<>(List.of(p.id(), p.level(), p.wanted(), p.answer(), p.generated()));
      row.addAll(p.logProbs());
      csv.row(row);
    }
    return csv.toString();
  }

  private static List<String> predictionColumns(Answers answers) {
    return Stream.concat(
            PREDICTIONS.stream(), IntStream.range(0, answers.size()).mapToObj(RunTables::logProb))
        .toList();
  }

  private static String logProb(int answer) {
    return "log_prob_" + answer;
  }

  static List<Prediction> readPredictions(Path file, Answers answers) {
    return read(
        file,
        predictionColumns(answers),
        row ->
            Prediction.of(
                row.text("id"),
                row.text("level"),
                answers,
                row.integer("wanted", 0, answers.size() - 1),
                row.text("generated"),
                IntStream.range(0, answers.size())
                    .mapToObj(answer -> row.real(logProb(answer)))
                    .toList()));
  }

  private static <T> List<T> read(Path file, List<String> columns, Function<CsvRow, T> row) {
    Problems problems = new Problems();
    List<T> rows = CsvTable.read(file, columns, List.of(), problems).map(row);
    problems.throwIfAny();
    return rows;
  }

  /** For readers only: the confusion table, which is computed from the answers. */
  static String confusion(List<Prediction> predictions) {
    CsvText csv = new CsvText(CONFUSION);
    if (!predictions.isEmpty()) {
      AnswerCounts.of(predictions).cells().forEach(c -> csv.row(c.wanted(), c.given(), c.count()));
    }
    return csv.toString();
  }

  /** For readers only; {@code run.json} has the whole ledger with its arithmetic. */
  static String cost(CostLedger cost) {
    CsvText csv = new CsvText(COST);
    cost.entries()
        .forEach(e -> csv.row(e.phase(), e.seconds(), e.usd().toPlainString(), e.billed()));
    return csv.toString();
  }
}
