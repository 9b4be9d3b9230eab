package io.buckbench.cli;

import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughputs;
import io.buckbench.findings.ComparedRow;
import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.GoldenStore;
import io.buckbench.history.History;
import io.buckbench.history.PastRun;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.rehearsal.Rehearsal;
import io.buckbench.report.Judgement;
import io.buckbench.report.Limits;
import io.buckbench.report.PaperTable;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.page.ReportFolder;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.MethodSettings;
import io.buckbench.suite.Project;
import io.buckbench.suite.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Judges a suite's records and writes its report.
 *
 * @param project where the records belong
 * @param accuracies accuracies to show the cheapest way to, 0 to 1; empty for a default
 * @param limits what the reader can afford
 */
record SuiteReportFiles(Project project, List<Double> accuracies, Limits limits) {
  /** A report without wishes. */
  SuiteReportFiles(Project project) {
    this(project, List.of(), Limits.NONE);
  }

  /**
   * Writes the report to the folder {@link Project#report}.
   *
   * @param suite the suite's name
   * @param part whether the records are of selected trials only
   * @return the lines that say what it shows and where it is
   */
  List<String> write(String suite, List<RunRecord> stored, boolean part) {
    List<RunRecord> records = ordered(suite, stored);
    Hypotheses hypotheses = Hypotheses.read(project.declaration("hypotheses.csv"));
    String title = Rehearsal.title(suite);
    Judgement judgement =
        Judgement.of(records, hypotheses, new GoldenStore(project.golden()))
            .beside(printed(suite, records))
            .withDifferences(hypotheses.unnamedDifferences(suite, rows(records)));
    SuiteReport report =
        SuiteReport.of(records, judgement)
            .titled(part ? title + ", a part" : title)
            .within(limits)
            .after(history(suite, records))
            .pricedBy(
                PriceCards.read(project.declaration("prices.csv")),
                Throughputs.read(project.declaration("throughput.csv")));
    return ReportFolder.write(
        accuracies.isEmpty() ? report : report.reaching(accuracies), project.report(suite, part));
  }

  /** The records in the order of the suite; in their own order if it is not declared here. */
  private List<RunRecord> ordered(String suite, List<RunRecord> stored) {
    List<String> rows;
    try {
      rows =
          Suite.read(suite, project.root(), project.datasets()).withMilestones().stream()
              .map(Configuration::id)
              .toList();
    } catch (InvalidInputException e) {
      return stored;
    }
    List<RunRecord> ordered = new ArrayList<>(stored);
    // The sort is stable; rows that are no longer declared come last.
    ordered.sort(
        Comparator.comparingInt(
            run -> {
              int at = rows.indexOf(run.configuration());
              return at < 0 ? rows.size() : at;
            }));
    return ordered;
  }

  /** The earlier runs on the device class of the records; none if they are of several. */
  private List<PastRun> history(String suite, List<RunRecord> records) {
    List<String> devices =
        records.stream().map(run -> run.provenance().deviceClass()).distinct().toList();
    return devices.size() == 1
        ? History.of(project.golden(), suite).runs(devices.get(0))
        : List.of();
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
  private List<PaperTable.Repetition> printed(String suite, List<RunRecord> records) {
    Path table = project.declaration(suite.replaceFirst("-.*", "") + "-table1.csv");
    return Files.isRegularFile(table) ? PaperTable.read(table).repeatedBy(records) : List.of();
  }
}
