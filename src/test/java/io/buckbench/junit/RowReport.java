package io.buckbench.junit;

import io.buckbench.accepted.ComparedFinding;
import io.buckbench.accepted.SuiteVerdicts;
import io.buckbench.findings.Statement;
import io.buckbench.findings.TrialScores;
import io.buckbench.golden.RowDiff;
import io.buckbench.golden.RowOutcome;
import io.buckbench.history.PastRow;
import io.buckbench.history.PastRun;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.record.RunRecord;
import io.buckbench.report.markup.Element;
import io.qameta.allure.model.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;

/** Reports a row with all its seeds as the running test. */
public final class RowReport {
  private final String id;
  private final List<RunRecord> runs;
  private final SuiteVerdicts verdicts;
  private final List<Statement> statements;
  private final List<ComparedFinding> findings;
  private final Optional<RowDiff> diff;
  private final Set<Concern> concerns = EnumSet.noneOf(Concern.class);

  /**
   * @param runs the records of its trials
   * @param verdicts those on the whole suite
   * @param statements what the hypotheses about the suite state
   */
  RowReport(String id, List<RunRecord> runs, SuiteVerdicts verdicts, List<Statement> statements) {
    this.id = id;
    this.runs = runs;
    this.verdicts = verdicts;
    this.statements = statements;
    this.findings = verdicts.about(id);
    this.diff =
        verdicts.diff().stream()
            .flatMap(all -> all.rows().stream())
            .filter(row -> row.configuration().equals(id))
            .findFirst();
  }

  /** Names the test with the row's result, and describes each seed. */
  void describe(String name) {
    List<RunRecord> all = verdicts.runs().records();
    PastRow summary = PastRun.of(runs, List.of()).rows().get(id);
    AllureTest.rename(
        String.format(
            Locale.ROOT,
            "%s: %.1f %%, %d of %d learned",
            name,
            summary.accuracyPercent(),
            summary.learned(),
            summary.seeds()));
    if (summary.learned() == 0) {
      // Nothing was shown, so nothing is green, whether or not it was accepted.
      WithoutVerdict.mark();
    }
    Element seeds = Element.of("table").add(cells("th", "Seed", "Result", "Dollars", "Diagnosis"));
    for (RunRecord run : runs) {
      TrialScores scored = TrialScores.of(run, all);
      seeds.add(
          cells(
              "td",
              Long.toString(run.seed()),
              TrialPage.result(scored),
              run.cost().words(),
              scored.sentence()));
      concerns.addAll(Concern.of(scored));
    }
    AllureTest.html(seeds.toString());
  }

  private static Element cells(String cell, String... words) {
    Element row = Element.of("tr");
    for (String word : words) {
      row.add(Element.of(cell, word));
    }
    return row;
  }

  /** Expects that every trial kept every promise. */
  public void keepsPromises(SoftAssertions softly) {
    for (RunRecord run : runs) {
      List<PromiseCheck> broken = run.broken();
      AllureSteps.add(
          "seed "
              + run.seed()
              + " kept "
              + (run.promises().size() - broken.size())
              + " of "
              + run.promises().size()
              + " promises",
          broken.isEmpty() ? Status.PASSED : Status.FAILED,
          "",
          Map.of());
      for (PromiseCheck check : broken) {
        concerns.add(Concern.BROKEN_PROMISE);
        softly.fail(Concern.BROKEN_PROMISE.message(check.line(run.id().toString())));
      }
    }
  }

  /** States every hypothesis about the row, and expects that its verdict is the accepted one. */
  public void statesHypotheses(SoftAssertions softly) {
    StatedHypotheses.state(softly, findings, statements);
    if (findings.stream().anyMatch(ComparedFinding::changed)) {
      concerns.add(Concern.MOVED_VERDICT);
    }
  }

  /** Expects that the results are the accepted ones, as far as is allowed. */
  public void isAsAccepted(SoftAssertions softly) {
    diff.ifPresent(
        row -> {
          AllureSteps.add(
              "against the accepted results: " + row.outcome(),
              status(row),
              row.sentence(),
              Map.of());
          if (row.breaksPromise()) {
            concerns.add(Concern.MOVED_NUMBER);
          }
          softly
              .assertThat(row.breaksPromise())
              .as("%s", Concern.MOVED_NUMBER.message(row.sentence()))
              .isFalse();
        });
    if (diff.isEmpty()) {
      AllureSteps.add("nothing was accepted to compare with", null, "", Map.of());
      WithoutVerdict.mark();
    }
    AllureTest.severity(concerns);
  }

  /** The status of a step that compares a row. */
  static Status status(RowDiff row) {
    if (row.breaksPromise()) {
      return Status.FAILED;
    }
    return row.outcome() == RowOutcome.SAME ? Status.PASSED : null;
  }
}
