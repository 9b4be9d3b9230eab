package io.buckbench.simulation;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is assumed of a row of a suite before its seeds are run: the alternative that its hypotheses
 * are tested against. Shares are between 0 and 1. NaN: not assumed.
 *
 * @param configuration the row's id
 * @param trainableParameters number of trained parameters
 * @param learns the share of seeds that learn
 * @param accuracy mean of the seeds that learn
 * @param accuracySd its standard deviation over them
 * @param yes share of the items to which a seed that does not learn answers yes, right or wrong
 * @param yesSd its standard deviation over them
 * @param unreadable share of answers that are neither yes nor no
 * @param area mean area under the ROC curve of all seeds
 * @param areaSd its standard deviation over seeds
 * @param perplexity after / before the training, median over seeds
 * @param perplexitySd standard deviation of its natural logarithm over seeds
 * @param declared when it was assumed
 */
record AssumedRow(
    String configuration,
    long trainableParameters,
    double learns,
    double accuracy,
    double accuracySd,
    double yes,
    double yesSd,
    double unreadable,
    double area,
    double areaSd,
    double perplexity,
    double perplexitySd,
    LocalDate declared) {
  private static final List<String> COLUMNS =
      List.of(
          "suite",
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

  /**
   * Reads what is assumed of a suite's rows, by configuration. The last row for a configuration
   * counts.
   *
   * @throws InvalidInputException with every problem in the file
   */
  static Map<String, AssumedRow> read(Path file, String suite) {
    Problems problems = new Problems();
    Map<String, AssumedRow> rows = new LinkedHashMap<>();
    CsvTable.read(file, COLUMNS, List.of(), problems)
        .map(row -> Map.entry(row.required("suite"), of(row)))
        .stream()
        .filter(entry -> entry.getKey().equals(suite))
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
        percent(row, "accuracy_sd"),
        percent(row, "yes"),
        percent(row, "yes_sd"),
        percent(row, "unreadable"),
        percent(row, "area"),
        percent(row, "area_sd"),
        row.isEmpty("perplexity")
            ? Double.NaN
            : row.number("perplexity", Double.MIN_VALUE, Double.MAX_VALUE),
        row.isEmpty("perplexity") ? Double.NaN : row.number("perplexity_sd", 0, 10),
        row.date("declared"));
  }

  private static double percent(CsvRow row, String column) {
    return row.isEmpty(column) ? Double.NaN : row.number(column, 0, 100) / 100;
  }
}
