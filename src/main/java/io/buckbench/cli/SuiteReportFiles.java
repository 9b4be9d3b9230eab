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
import io.buckbench.suite.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Judges a suite's records and writes its report. */
final class SuiteReportFiles {
  private final Project project;
  private final String suite;

  /**
   * @param suite the suite's name
   */
  SuiteReportFiles(Project project, String suite) {
    this.project = project;
    this.suite = suite;
  }

  /**
   * Writes Markdown, CSV and charts to the folder {@link Project#report}.
   *
   * @param part whether the records are of selected trials only
   * @param accuracies accuracies to show the cheapest way to, 0 to 1; empty for a default
   * @return the summary
   */
  Path write(List<RunRecord> records, boolean part, List<Double> accuracies) {
    Hypotheses hypotheses = Hypotheses.read(project.declaration("hypotheses.csv"));
    List<Finding> findings = Findings.judge(hypotheses, records);
    Path directory = project.report(suite, part);
    String title = Rehearsal.title(suite);
    SuiteReport report =
        SuiteReport.of(records, findings, printed(records))
            .titled(part ? title + ", a part" : title)
            .withDifferences(hypotheses.unnamedDifferences(suite, rows(records)))
            .pricedBy(
                PriceCards.read(project.declaration("prices.csv")),
                Throughputs.read(project.declaration("throughput.csv")));
    (accuracies.isEmpty() ? report : report.reaching(accuracies)).writeTo(directory);
    return directory.resolve("summary.md");
  }

  private List<ComparedRow> rows(List<RunRecord> records) {
    Path benchmarks = project.declaration("");
    return records.stream()
        .map(RunRecord::declared)
        .distinct()
        .map(row -> new ComparedRow(row, MethodSettings.of(benchmarks, row)))
        .toList();
  }

  /**
   * Compares our runs with the published table that the suite repeats; empty if there is none. The
   * table of {@code paper} is also that of suites such as {@code paper-steps}.
   */
  private String printed(List<RunRecord> records) {
    Path table = project.declaration(suite.replaceFirst("-.*", "") + "-table1.csv");
    if (!Files.isRegularFile(table)) {
      return "";
    }
    return PaperTable.read(table).repeatedBy(records).stream()
        .map(PaperTable.Repetition::sentence)
        .collect(Collectors.joining("\n"));
  }
}
