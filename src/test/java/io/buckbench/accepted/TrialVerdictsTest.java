package io.buckbench.accepted;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.findings.Verdict;
import io.buckbench.golden.GoldenStore;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.report.SyntheticRuns;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialVerdictsTest {
  private static final RunRecord GOOD =
      SyntheticSuite.record(SyntheticSuite.trial("lora-r4", 1), 40);
  private static final RunRecord BAD = SyntheticSuite.record(SyntheticSuite.trial("lora-r4", 1), 5);
  private static final RunRecord FULL = SyntheticSuite.record(SyntheticSuite.trial("full", 1), 20);

  @TempDir Path folder;

  @Test
  void the_accepted_verdict_is_computed_from_the_accepted_answers() {
    TrialVerdicts verdicts = verdicts(BAD, List.of(FULL), List.of(GOOD, FULL), false);
    assertThat(verdicts.findings())
        .filteredOn(compared -> compared.finding().verdict() != Verdict.NOT_RUN)
        .hasToString(
            "[lora-r4 beats-all-yes: INCONCLUSIVE, accepted as INCONCLUSIVE,"
                + " lora-r4 beats-full: INCONCLUSIVE, accepted as INCONCLUSIVE]")
        .as("one seed of a training is no verdict on it")
        .noneMatch(ComparedFinding::changed);
    assertThat(verdicts.diff().orElseThrow().breaksPromise()).isTrue();
  }

  @Test
  void on_another_device_class_a_single_trial_changes_no_verdict() {
    RunRecord elsewhere = on("cpu-of-another-kind", BAD);
    TrialVerdicts verdicts = verdicts(elsewhere, List.of(), List.of(GOOD, FULL), false);
    assertThat(verdicts.findings().get(0))
        .hasToString("lora-r4 beats-all-yes: INCONCLUSIVE, accepted as INCONCLUSIVE")
        .matches(compared -> !compared.changed());
  }

  @Test
  void a_trial_that_was_never_accepted_is_not_compared() {
    TrialVerdicts verdicts = verdicts(BAD, List.of(FULL), List.of(FULL), false);
    assertThat(verdicts.diff()).isEmpty();
    assertThat(verdicts.findings()).allMatch(compared -> compared.accepted().isEmpty());
  }

  @Test
  void records_of_another_commit_are_references_only_if_any_commit_is_allowed() {
    List<RunRecord> old = List.of(SyntheticRuns.ofCommit(FULL, "another"));
    assertThat(verdicts(GOOD, old, List.of(), false).findings())
        .noneMatch(compared -> compared.toString().contains("beats-full: INCONCLUSIVE"));
    assertThat(verdicts(GOOD, old, List.of(), true).findings())
        .anyMatch(compared -> compared.toString().contains("beats-full: INCONCLUSIVE"));
  }

  private TrialVerdicts verdicts(
      RunRecord run, List<RunRecord> suite, List<RunRecord> accepted, boolean anyCommit) {
    GoldenStore golden = SyntheticSuite.golden(folder, accepted);
    return TrialVerdicts.of(
        run, suite, SyntheticSuite.hypotheses(folder), Optional.of(golden), anyCommit);
  }

  private static RunRecord on(String deviceClass, RunRecord run) {
    return RunCopy.of(run).deviceClass(deviceClass).record();
  }
}
