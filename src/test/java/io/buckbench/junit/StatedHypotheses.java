package io.buckbench.junit;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.qameta.allure.model.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;

/**
 * Findings held against the accepted ones. A verdict that differs from its accepted one is a
 * failure whose text starts with {@code verdict-changed:}; a refuted hypothesis that is accepted as
 * such, and one that nobody has accepted anything about yet, is a step of its own and fails
 * nothing.
 */
public final class StatedHypotheses {
  /** What a failure of ours starts with; {@code categories.json} goes by it. */
  static final String CHANGED = "verdict-changed: ";

  /** What of a verdict that is not as accepted breaks a build. */
  public enum Held {
    /** Any change: the same bits were promised, and give the same verdicts. */
    EXACTLY,
    /** A turn to the opposite: for a suite on another device class. */
    BY_DIRECTION,
    /**
     * None, it is only shown: one seed on another device class is another draw, and whether it gets
     * past a plateau is chance; the suite's verdict over all seeds decides.
     */
    NOT_AT_ALL
  }

  private StatedHypotheses() {}

  /**
   * States every finding as a step and as a soft assertion, so that several can fall at once.
   *
   * @param accepted the accepted verdict on a finding's hypothesis and rows, if there is one
   * @param held how far the accepted verdicts bind
   */
  public static void state(
      SoftAssertions softly,
      List<Finding> findings,
      Function<Finding, Optional<Verdict>> accepted,
      Held held) {
    for (Finding finding : findings) {
      state(softly, finding, accepted.apply(finding), held);
    }
  }

  private static void state(
      SoftAssertions softly, Finding finding, Optional<Verdict> accepted, Held held) {
    String name = name(finding, accepted);
    boolean broken = accepted.filter(a -> breaks(a, finding.verdict(), held)).isPresent();
    Status status =
        broken
            ? Status.FAILED
            : finding.verdict() == Verdict.SUPPORTED ? Status.PASSED : Status.SKIPPED;
    AllureSteps.step(name, status, finding.sentence(), numbers(finding));
    if (broken) {
      softly
          .assertThat(finding.verdict())
          .as("%s", CHANGED + name + "; " + numbers(finding) + "; " + finding.sentence())
          .isEqualTo(accepted.get());
    }
  }

  private static String name(Finding finding, Optional<Verdict> accepted) {
    String subject =
        finding.configuration().isEmpty()
            ? finding.hypothesis()
            : finding.configuration() + " " + finding.hypothesis();
    return subject
        + ": "
        + finding.verdict()
        + accepted.map(a -> ", accepted as " + a).orElse(", nothing accepted yet");
  }

  private static boolean breaks(Verdict accepted, Verdict now, Held held) {
    // Not run is no verdict: a selection of rows must not look like a change.
    if (accepted == now || accepted == Verdict.NOT_RUN || now == Verdict.NOT_RUN) {
      return false;
    }
    return switch (held) {
      case EXACTLY -> true;
      case BY_DIRECTION -> accepted.opposes(now);
      case NOT_AT_ALL -> false;
    };
  }

  private static Map<String, String> numbers(Finding finding) {
    Map<String, String> numbers = new LinkedHashMap<>();
    if (finding.verdict() == Verdict.NOT_RUN) {
      return numbers;
    }
    numbers.put(
        finding.statistic(),
        String.format(
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
