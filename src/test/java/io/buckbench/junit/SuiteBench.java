package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.Verdict;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.GoldenText;
import io.buckbench.golden.RowDiff;
import io.buckbench.golden.RowOutcome;
import io.buckbench.golden.SuiteResults;
import io.buckbench.junit.StatedHypotheses.Held;
import io.buckbench.report.SuiteReport;
import io.qameta.allure.Allure;
import io.qameta.allure.model.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/** What is said of a suite as a whole, from its records, its findings and what was accepted. */
public final class SuiteBench {
  private final DeclaredRuns runs;
  private final List<Finding> findings;
  private final Optional<SuiteResults> golden;
  private final Optional<GoldenDiff> diff;

  /**
   * Judges the records and holds them against what was accepted.
   *
   * @param selection what was to be run: nothing else is missed
   */
  public SuiteBench(
      DeclaredRuns runs, Hypotheses hypotheses, GoldenStore store, Selection selection) {
    this.runs = runs;
    this.findings = runs.findings(hypotheses);
    this.golden =
        runs.records().isEmpty() || Accepted.beingReplaced()
            ? Optional.empty()
            : store.find(runs.suite().name(), runs.records().get(0).provenance().deviceClass());
    this.diff = golden.map(then -> compare(then, selection));
  }

  private GoldenDiff compare(SuiteResults then, Selection selection) {
    SuiteResults now = SuiteResults.of(runs.records(), findings);
    if (!selection.partial()) {
      return GoldenDiff.compare(then, now);
    }
    Set<String> chosen =
        selection.trials(runs.suite()).stream()
            .map(SuiteArguments::name)
            .collect(Collectors.toSet());
    return GoldenDiff.compareSelected(
        then,
        now,
        (row, seed) -> now.holds(row, seed) || chosen.contains(SuiteArguments.name(row, seed)));
  }

  /** The records. */
  public DeclaredRuns runs() {
    return runs;
  }

  /** Every finding on the suite. */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * States one hypothesis on all seeds. With trials missing its verdict is shown and held against
   * nothing: fewer seeds are no changed finding.
   */
  public void state(String hypothesis) {
    AllureTrial.describe(runs.suite().name(), "findings", hypothesis);
    List<Finding> found = findings.stream().filter(f -> f.hypothesis().equals(hypothesis)).toList();
    SoftAssertions softly = new SoftAssertions();
    StatedHypotheses.state(
        softly,
        found,
        f -> runs.complete() ? accepted(f) : Optional.empty(),
        diff.filter(GoldenDiff::exact).isPresent() ? Held.EXACTLY : Held.BY_DIRECTION);
    softly.assertAll();
    assumeTrue(runs.complete(), runs::missingWords);
    assumeTrue(
        found.stream().anyMatch(f -> f.verdict() != Verdict.NOT_RUN),
        () -> found.isEmpty() ? "NOT_RUN: no finding" : found.get(0).sentence());
  }

  private Optional<Verdict> accepted(Finding finding) {
    String key =
        finding.hypothesis()
            + (finding.configuration().isEmpty() ? "" : "/" + finding.configuration());
    return golden.map(then -> then.verdicts().get(key)).map(Verdict::valueOf);
  }

  /** Shows methods side by side and writes the same below a folder. */
  public void summarise(Path folder) {
    AllureTrial.describe(runs.suite().name(), "findings", "methods side by side");
    assumeTrue(!runs.records().isEmpty(), runs::missingWords);
    SuiteReport report =
        SuiteReport.of(runs.records(), findings, diff.map(GoldenText::of).orElse(""));
    report.writeTo(folder);
    Allure.description(report.markdown());
    Allure.addAttachment("accuracy against cost", "image/svg+xml", report.costSvg(), ".svg");
    Allure.addAttachment("methods side by side", "text/csv", report.csv(), ".csv");
    Allure.addAttachment("trial by trial", "text/csv", report.trialsCsv(), ".csv");
    Allure.addAttachment("findings", "text/csv", report.findingsCsv(), ".csv");
    assumeTrue(runs.complete(), runs::missingWords);
  }

  /** Holds every row against the accepted one. */
  public void compareWithGolden() {
    AllureTrial.describe(runs.suite().name(), "golden", "comparison");
    assumeTrue(!runs.records().isEmpty(), runs::missingWords);
    assumeTrue(
        diff.isPresent(),
        () ->
            "nothing is accepted for "
                + runs.suite().name()
                + "; read the findings, then ./mvnw verify -Dgolden=accept -Dgolden.why=\"...\"");
    Allure.addAttachment("comparison with golden", "text/plain", GoldenText.of(diff.get()), ".txt");
    SoftAssertions softly = new SoftAssertions();
    for (RowDiff row : diff.get().rows()) {
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

  /** Fails unless every trial is there, since what is accepted is the whole suite. */
  public void requireComplete() {
    AllureTrial.describe(runs.suite().name(), "golden", "acceptance");
    assertThat(runs.missing()).as("golden: %s", runs.missingWords()).isEmpty();
  }
}
