package io.buckbench.junit;

import io.buckbench.accepted.ComparedFinding;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Statement;
import io.buckbench.findings.Verdict;
import io.qameta.allure.model.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/** Reports findings as steps of the running test, which a changed verdict fails. */
final class StatedHypotheses {
  private StatedHypotheses() {}

  /**
   * Adds each finding as a step, and a failing soft assertion if its verdict changed.
   *
   * @param statements what the hypotheses state; those of other findings are not used
   */
  static void state(
      SoftAssertions softly, List<ComparedFinding> findings, List<Statement> statements) {
    for (ComparedFinding compared : findings) {
      Finding finding = compared.finding();
      Map<String, String> numbers = numbers(finding, statements);
      AllureSteps.add(compared.toString(), status(compared), finding.sentence(), numbers);
      if (compared.changed()) {
        softly
            .assertThat(finding.verdict())
            .as(
                "%s",
                Concern.MOVED_VERDICT.message(
                    compared + "; " + numbers + "; " + finding.sentence()))
            .isEqualTo(compared.accepted().orElseThrow());
      }
    }
  }

  /** Green is only for what was supported; a refutation is neither passed nor failed. */
  private static Status status(ComparedFinding compared) {
    if (compared.changed()) {
      return Status.FAILED;
    }
    return compared.finding().verdict() == Verdict.SUPPORTED ? Status.PASSED : null;
  }

  private static Map<String, String> numbers(Finding finding, List<Statement> statements) {
    Map<String, String> numbers = new LinkedHashMap<>();
    if (finding.verdict() == Verdict.NOT_RUN) {
      return numbers;
    }
    numbers.put(
        finding.statistic(),
        Double.isNaN(finding.low())
            ? String.format(Locale.ROOT, "%.2f, no interval", finding.estimate())
            : String.format(
                Locale.ROOT,
                "%.2f, 95 %% interval %.2f to %.2f",
                finding.estimate(),
                finding.low(),
                finding.high()));
    statements.stream()
        .filter(statement -> statement.id().equals(finding.hypothesis()))
        .findFirst()
        .ifPresent(s -> numbers.put("margin", TrialFiles.rounded(s.margin()) + " " + s.unit()));
    if (!Double.isNaN(finding.pValue())) {
      numbers.put("p after Holm", String.format(Locale.ROOT, "%.2g", finding.pValue()));
    }
    numbers.put("power", finding.power());
    return numbers;
  }
}
