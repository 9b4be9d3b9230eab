package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.accepted.ComparedFinding;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Statement;
import io.buckbench.findings.Verdict;
import io.buckbench.golden.VerdictRule;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Runs tests in a nested JUnit launcher and checks their Allure results. */
class StatedHypothesesTest {
  @Test
  void all_changed_verdicts_are_reported() {
    TestResult result = AllureRun.of(TwoChange.class).results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    assertThat(result.getStatusDetails().getMessage())
        .contains(
            "verdict-changed: lora-r4 beats-all-yes: REFUTED, accepted as SUPPORTED",
            "verdict-changed: lora-r4 beats-full: SUPPORTED, accepted as REFUTED",
            "accuracy difference, points=3.50, 95 % interval 1.25 to 6.50",
            "p after Holm=0.012")
        .doesNotContain("beats-untouched");
    assertThat(result.getSteps())
        .extracting(StepResult::getStatus)
        .containsExactly(Status.FAILED, Status.FAILED, Status.PASSED);
  }

  @Test
  void a_hypothesis_refuted_as_accepted_is_neither_passed_nor_failed() {
    TestResult result = AllureRun.of(RefutedAsAccepted.class).results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    StepResult step = result.getSteps().get(0);
    assertThat(step.getStatus()).isNull();
    assertThat(step.getName()).isEqualTo("lora-r4 beats-all-yes: REFUTED, accepted as REFUTED");
    assertThat(step.getStatusDetails().getMessage()).isEqualTo("The sentence about lora-r4.", true);
    assertThat(step.getParameters())
        .extracting(Parameter::getName)
        .containsExactly("accuracy difference, points", "margin", "p after Holm", "power");
  }

  @Test
  void a_finding_that_was_not_run_or_never_accepted_does_not_fail() {
    TestResult result = AllureRun.of(NothingToCompare.class).results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .containsExactly(
            "lora-r4 beats-full: NOT_RUN, accepted as SUPPORTED",
            "lora-r4 beats-all-yes: REFUTED, no accepted verdict");
    assertThat(result.getSteps()).extracting(StepResult::getStatus).containsOnlyNulls();
  }

  static class TwoChange {
    @Test
    void trial() {
      state(
          compared("beats-all-yes", Verdict.REFUTED, Verdict.SUPPORTED),
          compared("beats-full", Verdict.SUPPORTED, Verdict.REFUTED),
          compared("beats-untouched", Verdict.SUPPORTED, Verdict.SUPPORTED));
    }
  }

  static class RefutedAsAccepted {
    @Test
    void trial() {
      state(compared("beats-all-yes", Verdict.REFUTED, Verdict.REFUTED));
    }
  }

  static class NothingToCompare {
    @Test
    void trial() {
      state(
          compared("beats-full", Verdict.NOT_RUN, Verdict.SUPPORTED),
          compared("beats-all-yes", Verdict.REFUTED, null));
    }
  }

  private static void state(ComparedFinding... findings) {
    SoftAssertions softly = new SoftAssertions();
    Statement statement =
        new Statement("beats-all-yes", "beats", "It does.", "ours", List.of(2.0), false, "points");
    StatedHypotheses.state(softly, List.of(findings), List.of(statement));
    softly.assertAll();
  }

  private static ComparedFinding compared(String hypothesis, Verdict now, Verdict accepted) {
    return ComparedFinding.of(
        finding(hypothesis, now), Optional.ofNullable(accepted), VerdictRule.EXACTLY);
  }

  private static Finding finding(String hypothesis, Verdict verdict) {
    return new Finding(
        hypothesis,
        "mini",
        "lora-r4",
        verdict,
        "accuracy difference, points",
        3.5,
        1.25,
        6.5,
        0.0123,
        "with 3 seeds and 600 test items a difference under 2.5 points would be missed",
        "The sentence about lora-r4.",
        true);
  }
}
