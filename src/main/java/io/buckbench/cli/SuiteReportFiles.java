package io.buckbench.cli;

import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughputs;
import io.buckbench.findings.ComparedRow;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Findings;
import io.buckbench.findings.Hypotheses;
import io.buckbench.record.RunRecord;
import io.buckbench.rehearsal.Rehearsal;
import io.buckbench.report.PaperTable;
import io.buckbench.report.SuiteReport;
import io.buckbench.suite.MethodSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Judges a suite's records and writes its report. */
final class SuiteReportFiles {
  private SuiteReportFiles() {}

  /**
   * Writes Markdown, CSV and charts to {@code target/report/SUITE}.
   *
   * @param accuracies accuracies to show the cheapest way to, 0 to 1; empty for a default
   * @return the summary
   */
  static Path write(Path root, String suite, List<RunRecord> records, List<Double> accuracies) {
    Path benchmarks = root.resolve("benchmarks");
    Hypotheses hypotheses = Hypotheses.read(benchmarks.resolve("hypotheses.csv"));
    List<Finding> findings = Findings.judge(hypotheses, records);
    Path directory = root.resolve("target").resolve("report").resolve(suite);
    SuiteReport report =
        SuiteReport.of(records, findings, printed(benchmarks, suite, records))
            .titled(Rehearsal.title(suite))
            .withDifferences(hypotheses.unnamedDifferences(suite, rows(benchmarks, records)))
            .pricedBy(
                PriceCards.read(benchmarks.resolve("prices.csv")),
                Throughputs.read(benchmarks.resolve("throughput.csv")));
    (accuracies.isEmpty() ? report : report.reaching(accuracies)).writeTo(directory);
    return directory.resolve("summary.md");
  }

  private static List<ComparedRow> rows(Path benchmarks, List<RunRecord> records) {
    return records.stream()
        .map(RunRecord::declared)
        .distinct()
        .map(
            row ->
                new ComparedRow(
                    row, MethodSettings.read(benchmarks, row.method(), row.value("variant"))))
        .toList();
  }

  /**
   * Compares our runs with the published table that the suite repeats; empty if there is none. The
   * table of {@code paper} is also that of suites such as {@code paper-steps}.
   */
  private static String printed(Path benchmarks, String suite, List<RunRecord> records) {
    Path table = benchmarks.resolve(suite.replaceFirst("-.*", "") + "-table1.csv");
    if (!Files.isRegularFile(table)) {
      return "";
    }
    return PaperTable.read(table).repeatedBy(records).stream()
        .map(PaperTable.Repetition::sentence)
        .collect(Collectors.joining("\n"));
  }
}
