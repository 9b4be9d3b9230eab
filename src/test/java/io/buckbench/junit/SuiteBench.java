package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.buckbench.accepted.ComparedFinding;
import io.buckbench.accepted.DeclaredRuns;
import io.buckbench.accepted.SuiteVerdicts;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Statement;
import io.buckbench.findings.Verdict;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenText;
import io.buckbench.golden.RowDiff;
import io.buckbench.history.History;
import io.buckbench.history.PastRow;
import io.buckbench.history.PastRun;
import io.buckbench.record.RunRecord;
import io.buckbench.report.Judgement;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.markup.Element;
import io.buckbench.report.page.AllureTab;
import io.buckbench.report.page.PullRequestSummary;
import io.buckbench.report.page.ReportFolder;
import io.qameta.allure.Allure;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/** Reports on a whole suite: its hypotheses, its summary and its comparison with golden. */
public final class SuiteBench {
  private final SuiteVerdicts verdicts;
  private final DeclaredRuns runs;
  private final Judgement judgement;
  private final History history;

  /**
   * @param judgement what the report shows of the verdicts
   * @param history the earlier runs of the suite
   */
  public SuiteBench(SuiteVerdicts verdicts, Judgement judgement, History history) {
    this.verdicts = verdicts;
    this.judgement = judgement;
    this.history = history;
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

  /** Reports the findings on a hypothesis over all seeds, in a test named with its verdicts. */
  public void state(String hypothesis) {
    AllureTest.describe(Place.hypothesis(runs.suite().name(), hypothesis), hypothesis);
    List<ComparedFinding> found = verdicts.on(hypothesis);
    Optional<Statement> statement =
        judgement.statements().stream().filter(s -> s.id().equals(hypothesis)).findFirst();
    AllureTest.rename(hypothesis + ": " + words(found));
    statement.ifPresent(
        s -> {
          AllureTest.html(claim(s).toString());
          AllureTest.tag(s.claim());
        });
    if (found.stream().anyMatch(f -> f.finding().verdict() != Verdict.SUPPORTED)) {
      WithoutVerdict.mark();
    }
    boolean changed = found.stream().anyMatch(ComparedFinding::changed);
    AllureTest.severity(changed ? List.of(Concern.MOVED_VERDICT) : List.of());
    SoftAssertions softly = new SoftAssertions();
    StatedHypotheses.state(softly, found, judgement.statements());
    softly.assertAll();
    assumeTrue(runs.complete(), runs::missingWords);
    assumeTrue(
        found.stream().anyMatch(f -> f.finding().verdict() != Verdict.NOT_RUN),
        () -> found.isEmpty() ? "NOT_RUN: no finding" : found.get(0).finding().sentence());
  }

  /** For example {@code inconclusive}, or {@code 2 supported, 6 refuted} about several rows. */
  static String words(List<ComparedFinding> found) {
    Map<Verdict, Long> counts =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    f -> f.finding().verdict(),
                    () -> new EnumMap<>(Verdict.class),
                    Collectors.counting()));
    boolean whole = found.size() == 1 && found.get(0).finding().configuration().isEmpty();
    return counts.isEmpty()
        ? Verdict.NOT_RUN.words()
        : counts.entrySet().stream()
            .map(e -> (whole ? "" : e.getValue() + " ") + e.getKey().words())
            .collect(Collectors.joining(", "));
  }

  private static Element claim(Statement statement) {
    String rule =
        "Claim of the kind "
            + statement.claim()
            + ": its statistic is compared with a margin of "
            + TrialFiles.rounded(statement.margin())
            + " "
            + statement.unit()
            + ", by 95 % intervals and by p values that are corrected over the suite (Holm).";
    return Element.of("div")
        .add(Element.of("p").add(Element.of("b", statement.sentence())))
        .add(Element.of("p", rule + " Source: " + statement.source() + "."));
  }

  /**
   * Adds this run to the suite's history.
   *
   * @return whether it was added: a run without some of its trials is not
   */
  public boolean keep() {
    return runs.complete() && history.append(PastRun.of(runs.records(), findings()));
  }

  /** Writes the report on the suite to its place and attaches it. */
  public void summarise(ReportPlace place) {
    AllureTest.describe(
        Place.whole(runs.suite().name(), "methods side by side"), "methods side by side");
    assumeTrue(!runs.records().isEmpty(), runs::missingWords);
    SuiteReport report =
        SuiteReport.of(runs.records(), judgement)
            .plannedFrom(runs.suite().speedOrigins())
            .after(history.runs(runs.records().get(0).provenance().deviceClass()));
    ReportFolder.write(report, place.folder());
    place.tab().ifPresent(to -> AllureTab.write(report, to, place.base()));
    ReportFiles.standard().environment(found(), runs.records().get(0).provenance());
    Allure.description(PullRequestSummary.of(report));
    Allure.addAttachment("accuracy", "image/svg+xml", ReportFolder.forestSvg(report), ".svg");
    Allure.addAttachment("methods side by side", "text/csv", report.csv(), ".csv");
    Allure.addAttachment("trial by trial", "text/csv", report.trialsCsv(), ".csv");
    Allure.addAttachment("findings", "text/csv", report.findingsCsv(), ".csv");
    assumeTrue(runs.complete(), runs::missingWords);
  }

  /** The lines that the environment table begins with. */
  private Map<String, String> found() {
    PastRun run = PastRun.of(runs.records(), findings());
    Map<String, String> found = new LinkedHashMap<>();
    found.put("Rows", run.rows().size() + ", of which " + comparison());
    found.put(
        "Trials",
        runs.records().size()
            + ", of which "
            + run.rows().values().stream().mapToInt(PastRow::learned).sum()
            + " learned");
    found.put("Findings", counts());
    found.put(
        "Dollars",
        "$"
            + sum(record -> record.cost().spentUsd())
            + " measured, $"
            + sum(record -> record.cost().budgetUsd())
            + " planned");
    return found;
  }

  private String comparison() {
    return verdicts
        .diff()
        .map(
            diff -> {
              long moved = diff.rows().stream().filter(RowDiff::breaksPromise).count();
              return (diff.rows().size() - moved) + " as accepted, " + moved + " not";
            })
        .orElse("none can be compared with accepted results");
  }

  private String counts() {
    Map<Verdict, Long> counts =
        findings().stream()
            .collect(
                Collectors.groupingBy(
                    Finding::verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().words())
            .collect(Collectors.joining(", "));
  }

  private String sum(Function<RunRecord, BigDecimal> dollars) {
    double sum = runs.records().stream().map(dollars).mapToDouble(BigDecimal::doubleValue).sum();
    return TrialFiles.rounded(sum);
  }

  /** Compares every row with the accepted one. */
  public void compareWithGolden() {
    AllureTest.describe(
        Place.whole(runs.suite().name(), "comparison with golden"), "comparison with golden");
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
      AllureSteps.add(
          row.configuration() + ": " + row.outcome(),
          RowReport.status(row),
          row.sentence(),
          Map.of());
      softly
          .assertThat(row.breaksPromise())
          .as("%s", Concern.MOVED_NUMBER.message(row.sentence()))
          .isFalse();
    }
    AllureTest.severity(diff.breaksPromise() ? List.of(Concern.MOVED_NUMBER) : List.of());
    softly.assertAll();
    assumeTrue(runs.complete(), runs::missingWords);
  }

  /** Fails unless every trial has a record, because only a whole suite can be accepted. */
  public void requireComplete() {
    AllureTest.describe(Place.whole(runs.suite().name(), "acceptance"), "acceptance");
    assertThat(runs.missing())
        .as("%s", Concern.MOVED_NUMBER.message(runs.missingWords()))
        .isEmpty();
  }
}
