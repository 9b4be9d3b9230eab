package io.buckbench.junit;

import io.buckbench.accepted.ComparedFinding;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.qameta.allure.model.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/** Reports findings as steps of the running test, which a changed verdict fails. */
final class StatedHypotheses {
  /** The start of failure messages; {@code categories.json} matches it. */
  private static final String CHANGED = "verdict-changed: ";

  private StatedHypotheses() {}

  /** Adds each finding as a step, and a failing soft assertion if its verdict changed. */
  static void state(SoftAssertions softly, List<ComparedFinding> findings) {
    for (ComparedFinding compared : findings) {
      Finding finding = compared.finding();
      AllureSteps.step(compared.toString(), status(compared), finding.sentence(), numbers(finding));
      if (compared.changed()) {
        softly
            .assertThat(finding.verdict())
            .as("%s", CHANGED + compared + "; " + numbers(finding) + "; " + finding.sentence())
            .isEqualTo(compared.accepted().orElseThrow());
      }
    }
  }

  private static Status status(ComparedFinding compared) {
    if (compared.changed()) {
      return Status.FAILED;
    }
    return compared.finding().verdict() == Verdict.SUPPORTED ? Status.PASSED : Status.SKIPPED;
  }

  private static Map<String, String> numbers(Finding finding) {
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
    if (!Double.isNaN(finding.pValue())) {
      numbers.put("p after Holm", String.format(Locale.ROOT, "%.2g", finding.pValue()));
    }
    numbers.put("power", finding.power());
    return numbers;
  }
}
