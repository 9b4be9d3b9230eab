package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.buckbench.junit.StatedHypotheses.Held;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs little trials in a JUnit inside this one and looks at what a reader would see. */
class StatedHypothesesTest {
  @Test
  void several_changed_verdicts_are_all_shown() {
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
  void a_refuted_hypothesis_that_is_accepted_so_is_a_skipped_step_with_both_verdicts() {
    TestResult result = AllureRun.of(RefutedAsAccepted.class).results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    StepResult step = result.getSteps().get(0);
    assertThat(step.getStatus()).isEqualTo(Status.SKIPPED);
    assertThat(step.getName()).isEqualTo("lora-r4 beats-all-yes: REFUTED, accepted as REFUTED");
    assertThat(step.getStatusDetails().getMessage()).isEqualTo("lora-r4 was held against it.");
    assertThat(step.getParameters())
        .extracting(Parameter::getName)
        .containsExactly("accuracy difference, points", "p after Holm", "power");
  }

  @Test
  void what_was_not_run_or_never_accepted_fails_nothing() {
    TestResult result = AllureRun.of(NothingToHoldAgainst.class).results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .containsExactly(
            "lora-r4 beats-full: NOT_RUN, accepted as SUPPORTED",
            "lora-r4 beats-all-yes: REFUTED, nothing accepted yet");
    assertThat(result.getSteps()).extracting(StepResult::getStatus).containsOnly(Status.SKIPPED);
  }

  @ParameterizedTest
  @CsvSource({
    "SUPPORTED, INCONCLUSIVE, EXACTLY, FAILED",
    "SUPPORTED, SUPPORTED, EXACTLY, PASSED",
    "SUPPORTED, INCONCLUSIVE, BY_DIRECTION, PASSED",
    "INCONCLUSIVE, REFUTED, BY_DIRECTION, PASSED",
    "SUPPORTED, REFUTED, BY_DIRECTION, FAILED",
    "REFUTED, SUPPORTED, BY_DIRECTION, FAILED",
    "REFUTED, SUPPORTED, NOT_AT_ALL, PASSED"
  })
  void another_machine_may_make_a_suites_verdict_less_sure_and_never_turn_it(
      Verdict accepted, Verdict now, Held held, Status expected) {
    SoftAssertions softly = new SoftAssertions();
    StatedHypotheses.state(
        softly, List.of(finding("beats-full", now)), f -> Optional.of(accepted), held);
    assertThat(softly.wasSuccess()).isEqualTo(expected == Status.PASSED);
  }

  static class TwoChange {
    @Test
    void trial() {
      SoftAssertions softly = new SoftAssertions();
      StatedHypotheses.state(
          softly,
          List.of(
              finding("beats-all-yes", Verdict.REFUTED),
              finding("beats-full", Verdict.SUPPORTED),
              finding("beats-untouched", Verdict.SUPPORTED)),
          f ->
              Optional.of(
                  f.hypothesis().equals("beats-full") ? Verdict.REFUTED : Verdict.SUPPORTED),
          Held.EXACTLY);
      softly.assertAll();
    }
  }

  static class RefutedAsAccepted {
    @Test
    void trial() {
      SoftAssertions softly = new SoftAssertions();
      StatedHypotheses.state(
          softly,
          List.of(finding("beats-all-yes", Verdict.REFUTED)),
          f -> Optional.of(Verdict.REFUTED),
          Held.EXACTLY);
      softly.assertAll();
    }
  }

  static class NothingToHoldAgainst {
    @Test
    void trial() {
      SoftAssertions softly = new SoftAssertions();
      StatedHypotheses.state(
          softly,
          List.of(finding("beats-full", Verdict.NOT_RUN)),
          f -> Optional.of(Verdict.SUPPORTED),
          Held.EXACTLY);
      StatedHypotheses.state(
          softly,
          List.of(finding("beats-all-yes", Verdict.REFUTED)),
          f -> Optional.empty(),
          Held.EXACTLY);
      softly.assertAll();
    }
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
        "with 3 seeds and 600 rows a difference under 2.5 points would be missed",
        "lora-r4 was held against it.");
  }
}
