package io.buckbench.simulation;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What is assumed of a row of a suite before its seeds are run: the alternative that its hypotheses
 * are tested against. Shares are between 0 and 1.
 *
 * @param configuration the row's id
 * @param trainableParameters number of trained parameters
 * @param learns the share of seeds that learn
 * @param accuracy of the seeds that learn
 * @param yes share of the items to which a seed that does not learn answers yes, right or wrong
 * @param unreadable share of answers that are neither yes nor no. Over the seeds it has a beta
 *     distribution, or an exponential one if no standard deviation is given; the exponential does
 *     not fit a row whose answers are mostly unreadable
 * @param area area under the ROC curve of all seeds
 * @param perplexity after / before the training: median over seeds, and the standard deviation of
 *     its natural logarithm
 * @param finalLoss mean training loss of the last tenth of the steps, in nats
 * @param lossSpread standard deviation of the loss over the last quarter of the steps, in nats
 * @param declared when it was assumed
 */
record AssumedRow(
    String configuration,
    long trainableParameters,
    double learns,
    Spread accuracy,
    Spread yes,
    Spread unreadable,
    Spread area,
    Spread perplexity,
    Spread finalLoss,
    Spread lossSpread,
    LocalDate declared) {

  /**
   * A quantity that differs between seeds. NaN: not assumed.
   *
   * @param mean its mean over seeds
   * @param sd its standard deviation over seeds
   */
  record Spread(double mean, double sd) {
    static final Spread NONE = new Spread(Double.NaN, Double.NaN);

    boolean isAssumed() {
      return !Double.isNaN(mean);
    }

    /** Draws a seed's value, normally distributed. */
    double draw(SplittableRandom random) {
      return mean + sd * random.nextGaussian();
    }
  }

  private static final List<String> COLUMNS =
      List.of(
          "suites",
          "configuration",
          "trainable_parameters",
          "learns",
          "accuracy",
          "accuracy_sd",
          "yes",
          "yes_sd",
          "unreadable",
          "area",
          "area_sd",
          "perplexity",
          "perplexity_sd",
          "declared",
          "source");

  private static final List<String> OPTIONAL =
      List.of("unreadable_sd", "final_loss", "final_loss_sd", "loss_spread", "loss_spread_sd");

  private static final double MOST_NATS = 100;

  /**
   * Reads what is assumed of a suite's rows, by configuration. The last row for a configuration
   * counts.
   *
   * @throws InvalidInputException with every problem in the file
   */
  static Map<String, AssumedRow> read(Path file, String suite) {
    Problems problems = new Problems();
    Map<String, AssumedRow> rows = new LinkedHashMap<>();
    CsvTable.read(file, COLUMNS, OPTIONAL, problems)
        .map(row -> Map.entry(List.of(row.required("suites").split("\\s*\\|\\s*")), of(row)))
        .stream()
        .filter(entry -> entry.getKey().contains(suite))
        .forEach(entry -> rows.put(entry.getValue().configuration, entry.getValue()));
    problems.throwIfAny();
    return rows;
  }

  private static AssumedRow of(CsvRow row) {
    double learns = row.number("learns", 0, 1);
    if (learns > 0) {
      row.required("accuracy");
      row.required("accuracy_sd");
    }
    if (learns < 1) {
      row.required("yes");
      row.required("yes_sd");
    }
    row.required("source");
    return new AssumedRow(
        row.required("configuration"),
        row.integer("trainable_parameters", 0, Integer.MAX_VALUE),
        learns,
        percent(row, "accuracy"),
        percent(row, "yes"),
        unreadable(row),
        percent(row, "area"),
        spread(row, "perplexity", Double.MIN_VALUE, Double.MAX_VALUE, 10),
        spread(row, "final_loss", 0, MOST_NATS, MOST_NATS),
        spread(row, "loss_spread", 0, MOST_NATS, MOST_NATS),
        row.date("declared"));
  }

  /** A column and its standard deviation; none if it is empty. */
  private static Spread spread(
      CsvRow row, String column, double least, double most, double mostSd) {
    return row.isEmpty(column)
        ? Spread.NONE
        : new Spread(row.number(column, least, most), row.number(column + "_sd", 0, mostSd));
  }

  private static Spread percent(CsvRow row, String column) {
    Spread percent = spread(row, column, 0, 100, 50);
    return new Spread(percent.mean / 100, percent.sd / 100);
  }

  /** Its standard deviation may be empty; a beta distribution limits it. */
  private static Spread unreadable(CsvRow row) {
    if (row.isEmpty("unreadable") || !row.isEmpty("unreadable_sd")) {
      Spread share = percent(row, "unreadable");
      double most = Math.sqrt(share.mean * (1 - share.mean));
      if (share.sd > 0 && share.sd >= most) {
        row.problem(
            "unreadable_sd",
            "'" + row.text("unreadable_sd") + "'",
            String.format(
                Locale.ROOT,
                "less than %.2f, which a mean of %s %% allows",
                100 * most,
                row.text("unreadable")),
            "declare a smaller one");
      }
      return share;
    }
    return new Spread(row.number("unreadable", 0, 100) / 100, Double.NaN);
  }
}
