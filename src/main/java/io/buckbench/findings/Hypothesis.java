package io.buckbench.findings;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A claim that was declared before its runs.
 *
 * @param where file and line, for error messages
 * @param id unique in the file
 * @param claim the kind of claim
 * @param suites the suites it is judged on
 * @param subject chooses the rows it is about
 * @param reference chooses the rows they are compared with; may be empty
 * @param metric the metric that is compared
 * @param by the column that groups or orders the rows; may be empty
 * @param margin in the metric's unit; its meaning depends on the claim
 * @param minEffect the smallest effect that matters in practice, in the metric's unit
 * @param sentence states the claim
 * @param declared the date of its declaration
 * @param source who makes the claim
 */
record Hypothesis(
    String where,
    String id,
    Claim claim,
    List<String> suites,
    RowSelector subject,
    RowSelector reference,
    Metric metric,
    String by,
    double margin,
    double minEffect,
    String sentence,
    LocalDate declared,
    String source) {

  static final List<String> COLUMNS =
      List.of(
          "id",
          "claim",
          "suites",
          "subject",
          "reference",
          "metric",
          "by",
          "margin",
          "min_effect",
          "sentence",
          "declared",
          "source");

  static List<Hypothesis> read(Path file) {
    Problems problems = new Problems();
    CsvTable table = CsvTable.readIfThere(file, COLUMNS, List.of(), problems);
    table.requireUnique("id");
    List<Hypothesis> hypotheses = table.map(Hypothesis::of);
    problems.throwIfAny();
    return hypotheses;
  }

  private static Hypothesis of(CsvRow row) {
    String claim = row.choice("claim", Claim.ALL.stream().map(Claim::id).toList());
    String metric = row.choice("metric", Metric.ALL.stream().map(Metric::id).toList());
    Claim kind = Claim.ALL.stream().filter(c -> c.id().equals(claim)).findFirst().orElseThrow();
    kind.check(row);
    return new Hypothesis(
        row.where("id"),
        row.required("id"),
        kind,
        Arrays.asList(row.required("suites").split("\\s*\\|\\s*")),
        selector(row, "subject").orElse(null),
        selector(row, "reference").orElse(null),
        Metric.ALL.stream().filter(m -> m.id().equals(metric)).findFirst().orElseThrow(),
        row.text("by"),
        row.number("margin", -1000, 1000),
        row.number("min_effect", 0, 1000),
        row.required("sentence"),
        row.date("declared"),
        row.required("source"));
  }

  private static Optional<RowSelector> selector(CsvRow row, String column) {
    try {
      return Optional.of(RowSelector.parse(row.text(column)));
    } catch (IllegalArgumentException e) {
      row.problem(
          column, e.getMessage(), "conditions column=value joined by &", "correct the selector");
      return Optional.empty();
    }
  }
}
