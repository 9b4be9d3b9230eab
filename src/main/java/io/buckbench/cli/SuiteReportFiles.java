package io.buckbench.cli;

import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughputs;
import io.buckbench.experiment.RunRecord;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Findings;
import io.buckbench.findings.Hypotheses;
import io.buckbench.report.SuiteReport;
import java.nio.file.Path;
import java.util.List;

/** Judges a suite's records and writes what a person reads. */
final class SuiteReportFiles {
  private SuiteReportFiles() {}

  /** Markdown, CSV and charts below {@code target/report/SUITE}. */
  static Path write(ProjectFolders project, String suite, List<RunRecord> records) {
    return write(project, suite, records, List.of());
  }

  /**
   * The same.
   *
   * @param accuracies that the cheapest way is asked for, 0 to 1; empty for the report's own choice
   */
  static Path write(
      ProjectFolders project, String suite, List<RunRecord> records, List<Double> accuracies) {
    List<Finding> findings =
        Findings.judge(Hypotheses.read(project.benchmark("hypotheses.csv")), records);
    Path directory = project.root().resolve("target").resolve("report").resolve(suite);
    SuiteReport report =
        SuiteReport.of(records, findings, "")
            .pricedBy(
                PriceCards.read(project.benchmark("prices.csv")),
                Throughputs.read(project.benchmark("throughput.csv")));
    (accuracies.isEmpty() ? report : report.reaching(accuracies)).writeTo(directory);
    return directory.resolve("summary.md");
  }
}
