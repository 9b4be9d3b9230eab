package io.buckbench.findings;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import io.buckbench.input.Suggestion;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
 * @param supersedes ids of the rows above that this one replaces; most replace none
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
    String source,
    List<String> supersedes) {

  /** For example {@code beats, margin 0, 2 count (points)}. */
  String terms() {
    return claim.id()
        + ", margin "
        + Comparison.number(margin)
        + (minEffect == 0 ? "" : ", " + Comparison.number(margin + minEffect) + " count")
        + " ("
        + metric.unit()
        + ")";
  }

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

  /** An optional column: the ids of rows above that a row replaces, separated by spaces. */
  static final String SUPERSEDES = "supersedes";

  private static final double LARGEST = 1e12;

  /** All rows of the file, also those that another one supersedes. */
  static List<Hypothesis> read(Path file) {
    Problems problems = new Problems();
    CsvTable table = CsvTable.readIfThere(file, COLUMNS, List.of(SUPERSEDES), problems);
    table.requireUnique("id");
    checkSuperseded(table.rows());
    List<Hypothesis> hypotheses = table.map(Hypothesis::of);
    problems.throwIfAny();
    return hypotheses;
  }

  private static void checkSuperseded(List<CsvRow> rows) {
    List<String> above = new ArrayList<>();
    for (CsvRow row : rows) {
      for (String replaced : superseded(row)) {
        if (!above.contains(replaced)) {
          row.problem(
              SUPERSEDES,
              "'" + replaced + "'",
              "the ids of rows above, separated by spaces, or nothing",
              Suggestion.todo(replaced, above));
        }
      }
      above.add(row.text("id"));
    }
  }

  /** The rows that no other row supersedes. */
  static <T> List<T> inForce(
      List<T> rows, Function<T, String> id, Function<T, List<String>> supersedes) {
    List<String> replaced = rows.stream().flatMap(row -> supersedes.apply(row).stream()).toList();
    return rows.stream().filter(row -> !replaced.contains(id.apply(row))).toList();
  }

  static List<String> superseded(CsvRow row) {
    return row.isEmpty(SUPERSEDES) ? List.of() : List.of(row.text(SUPERSEDES).split(" +"));
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
        row.number("margin", -LARGEST, LARGEST),
        row.number("min_effect", 0, LARGEST),
        row.required("sentence"),
        row.date("declared"),
        row.required("source"),
        superseded(row));
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
