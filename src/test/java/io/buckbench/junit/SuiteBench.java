package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.buckbench.accepted.ComparedFinding;
import io.buckbench.accepted.DeclaredRuns;
import io.buckbench.accepted.SuiteVerdicts;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenText;
import io.buckbench.golden.RowDiff;
import io.buckbench.golden.RowOutcome;
import io.buckbench.report.Judgement;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.page.AllureTab;
import io.buckbench.report.page.PullRequestSummary;
import io.buckbench.report.page.ReportFolder;
import io.qameta.allure.Allure;
import io.qameta.allure.model.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;

/** Reports on a whole suite: its hypotheses, its summary and its comparison with golden. */
public final class SuiteBench {
  private final SuiteVerdicts verdicts;
  private final DeclaredRuns runs;
  private final Judgement judgement;

  /**
   * @param judgement what the report shows of the verdicts
   */
  public SuiteBench(SuiteVerdicts verdicts, Judgement judgement) {
    this.verdicts = verdicts;
    this.judgement = judgement;
    this.runs = verdicts.runs();
  }

  /** The records. */
  public DeclaredRuns runs() {
    return runs;
  }

  /** All findings on the suite. */
  public List<Finding> findings() {
    return verdicts.findings();
  }

  /** Reports the findings on a hypothesis over all seeds. */
  public void state(String hypothesis) {
    AllureTrial.describe(runs.suite().name(), "findings", hypothesis);
    List<ComparedFinding> found = verdicts.on(hypothesis);
    SoftAssertions softly = new SoftAssertions();
    StatedHypotheses.state(softly, found);
    softly.assertAll();
    assumeTrue(runs.complete(), runs::missingWords);
    assumeTrue(
        found.stream().anyMatch(f -> f.finding().verdict() != Verdict.NOT_RUN),
        () -> found.isEmpty() ? "NOT_RUN: no finding" : found.get(0).finding().sentence());
  }

  /**
   * Writes the report on the suite to a folder and attaches it.
   *
   * @param tab the folder of the Allure plug-in that shows the report first; empty for none
   */
  public void summarise(Path folder, Optional<Path> tab) {
    AllureTrial.describe(runs.suite().name(), "findings", "methods side by side");
    assumeTrue(!runs.records().isEmpty(), runs::missingWords);
    SuiteReport report =
        SuiteReport.of(runs.records(), judgement).plannedFrom(runs.suite().speedOrigins());
    ReportFolder.write(report, folder);
    tab.ifPresent(to -> AllureTab.write(report, to, "../report/" + folder.getFileName() + "/"));
    Allure.description(PullRequestSummary.of(report));
    Allure.addAttachment("accuracy", "image/svg+xml", ReportFolder.forestSvg(report), ".svg");
    Allure.addAttachment("methods side by side", "text/csv", report.csv(), ".csv");
    Allure.addAttachment("trial by trial", "text/csv", report.trialsCsv(), ".csv");
    Allure.addAttachment("findings", "text/csv", report.findingsCsv(), ".csv");
    assumeTrue(runs.complete(), runs::missingWords);
  }

  /** Compares every row with the accepted one. */
  public void compareWithGolden() {
    AllureTrial.describe(runs.suite().name(), "golden", "comparison");
    assumeTrue(!runs.records().isEmpty(), runs::missingWords);
    assumeTrue(
        verdicts.diff().isPresent(),
        () ->
            "there are no accepted results of "
                + runs.suite().name()
                + "; read the findings, then ./mvnw verify -Dgolden=accept -Dgolden.why=\"...\"");
    GoldenDiff diff = verdicts.diff().orElseThrow();
    Allure.addAttachment("comparison with golden", "text/plain", GoldenText.of(diff), ".txt");
    SoftAssertions softly = new SoftAssertions();
    for (RowDiff row : diff.rows()) {
      AllureSteps.step(
          row.configuration() + ": " + row.outcome(), status(row), row.sentence(), Map.of());
      softly.assertThat(row.breaksPromise()).as("golden: %s", row.sentence()).isFalse();
    }
    softly.assertAll();
    assumeTrue(runs.complete(), runs::missingWords);
  }

  private static Status status(RowDiff row) {
    if (row.breaksPromise()) {
      return Status.FAILED;
    }
    return row.outcome() == RowOutcome.SAME ? Status.PASSED : Status.SKIPPED;
  }

  /** Fails unless every trial has a record, because only a whole suite can be accepted. */
  public void requireComplete() {
    AllureTrial.describe(runs.suite().name(), "golden", "acceptance");
    assertThat(runs.missing()).as("golden: %s", runs.missingWords()).isEmpty();
  }
}
