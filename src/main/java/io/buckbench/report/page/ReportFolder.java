package io.buckbench.report.page;

import io.buckbench.files.WholeFiles;
import io.buckbench.record.RunRecord;
import io.buckbench.report.Changes;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.Headline;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.TrialCsv;
import io.buckbench.report.chart.LossPlot;
import java.nio.file.Path;
import java.util.List;

/** The folder of a suite's report, {@code target/report/<suite>}. */
public final class ReportFolder {
  /** The page. */
  public static final String PAGE = "index.html";

  /** The summary for pull requests. */
  public static final String SUMMARY = "summary.md";

  /** The lines that a build and a command end with. */
  public static final String LINES = "lines.txt";

  private ReportFolder() {}

  /**
   * Writes the page, the summary as Markdown and JSON, the numbers as CSV, the charts as SVG, and
   * for each trial {@code trials/<configuration>/<seed>/} with {@code loss.svg}, {@code
   * metrics.csv}, {@code ledger.csv} and {@code predictions.csv}. Each file is written atomically.
   *
   * @return five lines that say what it shows and where it is
   */
  public static List<String> write(SuiteReport report, Path folder) {
    WholeFiles.write(folder.resolve(PAGE), ReportPage.page(report));
    WholeFiles.write(folder.resolve(SUMMARY), PullRequestSummary.of(report));
    WholeFiles.write(folder.resolve("summary.json"), SummaryJson.of(report));
    WholeFiles.write(folder.resolve("summary.csv"), report.csv());
    WholeFiles.write(folder.resolve("trials.csv"), report.trialsCsv());
    WholeFiles.write(folder.resolve("confusion.csv"), report.confusionCsv());
    WholeFiles.write(folder.resolve("findings.csv"), report.findingsCsv());
    WholeFiles.write(folder.resolve("return-on-a-dollar.csv"), report.returnsCsv());
    WholeFiles.write(folder.resolve("flips.csv"), report.flipsCsv());
    WholeFiles.write(folder.resolve("forest.svg"), forestSvg(report));
    WholeFiles.write(folder.resolve("cost.svg"), costSvg(report));
    if (!report.returns().byCard().isEmpty()) {
      WholeFiles.write(
          folder.resolve("cost-by-card.svg"),
          CostSection.chart(report.returns().byCard(), true)
              .picture(CostSection.title(report) + " by price card"));
    }
    List<String> lines = lines(report, folder);
    WholeFiles.write(folder.resolve(LINES), String.join("\n", lines) + "\n");
    for (RunRecord run : report.records()) {
      Path trial =
          folder.resolve("trials").resolve(run.configuration()).resolve(Long.toString(run.seed()));
      WholeFiles.write(trial.resolve("loss.svg"), LossPlot.svg(run));
      WholeFiles.write(trial.resolve("metrics.csv"), TrialCsv.metrics(run));
      WholeFiles.write(trial.resolve("ledger.csv"), TrialCsv.ledger(run));
      WholeFiles.write(trial.resolve("predictions.csv"), TrialCsv.predictions(run));
    }
    return lines;
  }

  /** The accuracies of all rows as a picture. */
  public static String forestSvg(SuiteReport report) {
    List<ConfigurationSummary> rows = report.reported();
    return RowsSection.chart(report, rows)
        .picture(report.suite() + ": accuracy with 95 % intervals, percent");
  }

  /** Accuracy against dollars as a picture. */
  public static String costSvg(SuiteReport report) {
    return CostSection.chart(report.returns().measured(), false).picture(CostSection.title(report));
  }

  /** Five lines that a build ends with: headline, changes, and where the report is. */
  static List<String> lines(SuiteReport report, Path folder) {
    return List.of(
        Headline.of(report).sentence(),
        Changes.of(report).sentence(),
        "page:    " + folder.resolve(PAGE),
        "summary: " + folder.resolve(SUMMARY),
        "numbers: " + folder.resolve("summary.csv"));
  }
}
