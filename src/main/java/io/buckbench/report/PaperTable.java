package io.buckbench.report;

import io.buckbench.eval.Scores;
import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Moments;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Table 1 of the paper (Hamilton and Mueller 2023) as printed. Each row is a single run, so the
 * tolerance is wide, and a repetition outside it never fails the build.
 *
 * @param rows in the order of the table
 */
public record PaperTable(List<Row> rows) {
  private static final String COLUMNS =
      "configuration,accuracy,balanced_accuracy,steps,usd,tolerance_points";

  /**
   * A printed row.
   *
   * @param configuration the paper's name, as in {@code benchmarks/paper.csv}
   * @param accuracyPercent as printed
   * @param balancedAccuracyPercent as printed
   * @param steps training steps; 0 if nothing was trained
   * @param usd the cost of training; empty if nothing was trained
   * @param tolerancePoints how far a repetition may differ from either percentage
   */
  public record Row(
      String configuration,
      double accuracyPercent,
      double balancedAccuracyPercent,
      int steps,
      Optional<BigDecimal> usd,
      double tolerancePoints) {}

  /**
   * A printed row and its repetition.
   *
   * @param paper the printed row
   * @param trials number of runs of the repetition; 0 if the row was not run
   * @param accuracyPercent mean over our runs; NaN if not run
   * @param balancedAccuracyPercent mean over our runs; NaN if not run
   * @param near whether both are within the tolerance
   */
  public record Repetition(
      Row paper, int trials, double accuracyPercent, double balancedAccuracyPercent, boolean near) {
    /** Describes the repetition. */
    public String sentence() {
      if (trials == 0) {
        return paper.configuration() + ": not run";
      }
      return String.format(
          Locale.ROOT,
          "%s: accuracy %.2f (paper %.2f), balanced %.2f (paper %.2f), %s %.0f points of the paper",
          paper.configuration(),
          accuracyPercent,
          paper.accuracyPercent(),
          balancedAccuracyPercent,
          paper.balancedAccuracyPercent(),
          near ? "within" : "not within",
          paper.tolerancePoints());
    }
  }

  /**
   * Reads the table.
   *
   * @throws InvalidInputException with every problem in the file
   */
  public static PaperTable read(Path file) {
    Problems problems = new Problems();
    CsvTable table = CsvTable.read(file, List.of(COLUMNS.split(",")), List.of(), problems);
    table.requireUnique("configuration");
    List<Row> rows = table.map(PaperTable::row);
    problems.throwIfAny();
    return new PaperTable(rows);
  }

  private static Row row(CsvRow row) {
    return new Row(
        row.required("configuration"),
        row.number("accuracy", 0, 100),
        row.number("balanced_accuracy", 0, 100),
        row.integer("steps", 0, 1_000_000),
        row.isEmpty("usd") ? Optional.empty() : Optional.of(row.decimal("usd", BigDecimal.ZERO)),
        row.number("tolerance_points", 0, 100));
  }

  /** Compares each printed row with the mean of our runs; a run without answers scores 0. */
  public List<Repetition> repeatedBy(List<RunRecord> runs) {
    return rows.stream().map(row -> repetition(row, runs)).toList();
  }

  private static Repetition repetition(Row row, List<RunRecord> runs) {
    List<RunRecord> ours =
        runs.stream().filter(r -> r.configuration().equals(row.configuration())).toList();
    double[] accuracies = new double[ours.size()];
    double[] balanced = new double[ours.size()];
    for (int i = 0; i < ours.size(); i++) {
      if (!ours.get(i).predictions().isEmpty()) {
        Scores scores = Scores.of(ours.get(i).predictions());
        accuracies[i] = 100 * scores.accuracy();
        balanced[i] = 100 * scores.balancedAccuracy();
      }
    }
    double accuracy = Moments.mean(accuracies);
    double balancedAccuracy = Moments.mean(balanced);
    boolean near =
        Math.abs(accuracy - row.accuracyPercent()) <= row.tolerancePoints()
            && Math.abs(balancedAccuracy - row.balancedAccuracyPercent()) <= row.tolerancePoints();
    return new Repetition(row, ours.size(), accuracy, balancedAccuracy, near);
  }
}
