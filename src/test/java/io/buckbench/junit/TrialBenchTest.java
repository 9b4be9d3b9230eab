package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.accepted.SyntheticSuite;
import io.buckbench.accepted.TrialVerdicts;
import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.GoldenStore;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.suite.Trial;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs trials, which are not trained, in a nested JUnit launcher. */
class TrialBenchTest {
  private static final Trial LORA = SyntheticSuite.trial("lora-r4", 1);
  private static final RunRecord GOOD = SyntheticSuite.record(LORA, 40);
  private static final RunRecord BAD = SyntheticSuite.record(LORA, 5);
  private static final RunRecord FULL = SyntheticSuite.record(SyntheticSuite.trial("full", 1), 20);
  private static final RunRecord UNTOUCHED =
      SyntheticSuite.record(SyntheticSuite.trial("untouched", 1), 20);

  private static TrialBench bench;

  @TempDir Path folder;

  @Test
  void other_answers_than_accepted_are_shown_and_judged_over_the_suite() {
    AllureRun run = trial(BAD, List.of(FULL, UNTOUCHED), List.of(GOOD, FULL, UNTOUCHED));
    TestResult result = run.results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    Attachment comparison =
        result.getAttachments().stream()
            .filter(a -> a.getName().equals("comparison with golden"))
            .findFirst()
            .orElseThrow();
    assertThat(new String(run.attachments().get(comparison.getSource()), StandardCharsets.UTF_8))
        .contains("1 of 3 accepted trials", "NOT AS ACCEPTED\n! lora-r4: INCONCLUSIVE")
        .contains("one trained trial cannot distinguish a change from variation");
  }

  @Test
  void one_seed_of_a_training_leaves_its_hypotheses_open() {
    TestResult result =
        trial(BAD, List.of(FULL, UNTOUCHED), List.of(BAD, FULL, UNTOUCHED)).results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    assertThat(result.getSteps())
        .filteredOn(s -> s.getName().endsWith("INCONCLUSIVE, accepted as INCONCLUSIVE"))
        .hasSize(3)
        .extracting(StepResult::getStatus)
        .containsOnly(Status.SKIPPED);
  }

  @Test
  void without_references_their_hypotheses_are_not_judged() {
    TestResult result = trial(GOOD, List.of(), List.of(GOOD, FULL, UNTOUCHED)).results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .contains("lora-r4 beats-all-yes: INCONCLUSIVE, accepted as INCONCLUSIVE")
        .noneMatch(name -> name.contains("beats-full: INCONCLUSIVE"));
  }

  @Test
  void a_reference_with_fewer_seeds_is_used_for_every_seed() {
    RunRecord other = SyntheticSuite.record(SyntheticSuite.trial("lora-r4", 3), 40);
    TestResult result = trial(other, List.of(FULL, UNTOUCHED), List.of()).results().get(0);
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .contains(
            "lora-r4 beats-full: INCONCLUSIVE, no accepted verdict",
            "lora-r4 beats-untouched: INCONCLUSIVE, no accepted verdict");
  }

  @Test
  void records_of_another_commit_are_not_references() {
    RunRecord old = SyntheticRuns.ofCommit(FULL, "another");
    TestResult result = trial(GOOD, List.of(old), List.of()).results().get(0);
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .noneMatch(name -> name.contains("beats-full: INCONCLUSIVE"));
  }

  @Test
  void a_broken_promise_fails_the_trial_and_is_a_failed_step() {
    RunRecord failed =
        SyntheticRuns.with(GOOD, RunStatus.FAILED, "out of memory", GOOD.steps(), List.of());
    TestResult result = trial(failed, List.of(), List.of()).results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    assertThat(result.getStatusDetails().getMessage())
        .contains(
            "promise broken: mini/lora-r4 seed 1, \"the trial completed\": it failed: out of");
    assertThat(result.getSteps())
        .filteredOn(s -> s.getStatus() == Status.FAILED)
        .extracting(StepResult::getName)
        .containsExactly("the trial completed");
  }

  @Test
  void the_promises_of_milestones_are_checked_too() {
    RunRecord served =
        RunCopy.of(GOOD)
            .declared("served_by", GOOD.configuration())
            .ended(RunStatus.FAILED, "out of memory")
            .record();
    TestResult result = trials(List.of(served, GOOD), List.of(), List.of()).results().get(0);
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    assertThat(result.getStatusDetails().getMessage())
        .contains(
            "promise broken: mini/lora-r4 seed 1, \"the trial completed\": it failed: out of");
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .contains("lora-r4: the trial completed", "the trial completed");
  }

  private AllureRun trial(RunRecord fresh, List<RunRecord> others, List<RunRecord> accepted) {
    return trials(List.of(fresh), others, accepted);
  }

  private AllureRun trials(
      List<RunRecord> fresh, List<RunRecord> others, List<RunRecord> accepted) {
    RunStore store = SyntheticSuite.store(folder, others);
    Hypotheses hypotheses = SyntheticSuite.hypotheses(folder);
    Optional<GoldenStore> golden = Optional.of(SyntheticSuite.golden(folder, accepted));
    bench =
        new TrialBench(
            trial -> fresh,
            store::read,
            (run, suite) -> TrialVerdicts.of(run, suite, hypotheses, golden, false));
    return AllureRun.of(OneTrial.class);
  }

  static class OneTrial {
    @RegisterExtension final TrialBench trials = bench;

    @Test
    void trial() {
      RunRecord run = trials.run(LORA);
      SoftAssertions.assertSoftly(softly -> trials.stateHypotheses(softly, run));
    }
  }
}
