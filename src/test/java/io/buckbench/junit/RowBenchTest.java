package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.accepted.DeclaredRuns;
import io.buckbench.accepted.SuiteVerdicts;
import io.buckbench.accepted.SyntheticSuite;
import io.buckbench.findings.Hypotheses;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.trial.TrialListener;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports rows, which are not trained, in a nested JUnit launcher. */
class RowBenchTest {
  private static final Suite SUITE = SyntheticSuite.suite();
  private static final Configuration LORA = SUITE.configurations().get(0);

  private static RowBench bench;

  @TempDir Path folder;

  @Test
  void a_row_is_named_with_its_result_and_states_its_hypotheses_on_all_seeds() {
    TestResult result = row(records(40), records(40));
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    assertThat(result.getName()).isEqualTo("01 lora-r4: 100.0 %, 3 of 3 learned");
    assertThat(result.getParameters())
        .extracting(p -> p.getName() + "=" + p.getValue())
        .containsExactly("method=lora", "model=opt-nano", "learning_rate=0.001");
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .contains(
            "lora-r4 beats-all-yes: SUPPORTED, accepted as SUPPORTED",
            "against the accepted results: SAME")
        .anyMatch(name -> name.matches("seed 3 kept (\\d+) of \\1 promises"));
    assertThat(result.getDescriptionHtml()).contains("<td>2</td><td>100.0 %, learned</td>");
  }

  @Test
  void a_moved_row_fails_with_its_verdicts_and_its_number_together() {
    TestResult result = row(records(5), records(40));
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    assertThat(result.getStatusDetails().getMessage())
        .contains(
            "verdict-changed: lora-r4 beats-all-yes: REFUTED, accepted as SUPPORTED",
            "golden: lora-r4: REGRESSED");
    assertThat(result.getLabels()).contains(Place.label("severity", "critical"));
  }

  @Test
  void a_row_of_which_no_seed_learned_is_not_green_although_it_was_accepted() {
    List<RunRecord> collapsed = new ArrayList<>();
    for (RunRecord run : records(40)) {
      collapsed.add(
          run.configuration().equals("lora-r4")
              ? RunCopy.of(run).predictions(SyntheticRuns.allYes(1).predictions()).record()
              : run);
    }
    TestResult result = row(collapsed, collapsed);
    assertThat(result.getName()).isEqualTo("01 lora-r4: 62.5 %, 0 of 3 learned");
    assertThat(result.getStatus()).isNull();
    assertThat(result.getLabels()).contains(Place.label("severity", "minor"));
  }

  @Test
  void a_row_that_was_never_accepted_is_not_green() {
    TestResult result = row(records(40), List.of());
    assertThat(result.getStatus()).isNull();
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .contains(
            "lora-r4 beats-all-yes: SUPPORTED, no accepted verdict",
            "nothing was accepted to compare with");
  }

  @Test
  void a_broken_promise_of_one_seed_fails_the_row() {
    List<RunRecord> records = records(40);
    records.set(
        1,
        SyntheticRuns.with(
            records.get(1), RunStatus.FAILED, "out of memory", records.get(1).steps(), List.of()));
    TestResult result = row(records, records(40));
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    assertThat(result.getStatusDetails().getMessage())
        .contains(
            "promise broken: mini/lora-r4 seed 2, \"the trial completed\": it failed: out of");
    assertThat(result.getLabels()).contains(Place.label("severity", "blocker"));
  }

  @Test
  void a_training_that_could_not_start_is_an_error_of_each_row() {
    TestResult result =
        run(
            listener -> {
              throw new IllegalStateException("the device is lost");
            },
            records(40),
            List.of());
    assertThat(result.getStatus()).isEqualTo(Status.BROKEN);
    assertThat(result.getStatusDetails().getMessage()).isEqualTo("the device is lost");
  }

  private TestResult row(List<RunRecord> fresh, List<RunRecord> accepted) {
    return run(
        listener ->
            fresh.forEach(
                run ->
                    listener.finished(
                        SyntheticSuite.trial(run.configuration(), run.seed()), run, false)),
        fresh,
        accepted);
  }

  private TestResult run(
      Consumer<TrialListener> training, List<RunRecord> fresh, List<RunRecord> accepted) {
    Hypotheses hypotheses = SyntheticSuite.hypotheses(folder);
    Selection all = new Selection(Optional.empty(), Optional.empty());
    TrialPages pages =
        new TrialPages(SUITE, SUITE.trials(), run -> Map.of(), "", AllureRun.empty());
    bench =
        new RowBench(
            SUITE,
            SUITE.trials(),
            new SuiteTraining(training, pages),
            pages,
            hypotheses.statements("mini"),
            () ->
                SuiteVerdicts.of(
                    DeclaredRuns.read(SUITE, SyntheticSuite.store(folder, fresh), false),
                    hypotheses,
                    Optional.of(SyntheticSuite.golden(folder, accepted)),
                    all));
    return AllureRun.of(OneRow.class).results().get(0);
  }

  static class OneRow {
    @Test
    void row() {
      RowReport report = bench.await(LORA);
      SoftAssertions.assertSoftly(
          softly -> {
            report.keepsPromises(softly);
            report.statesHypotheses(softly);
            report.isAsAccepted(softly);
          });
    }
  }

  private static List<RunRecord> records(int right) {
    List<RunRecord> records = new ArrayList<>();
    for (Trial trial : SUITE.trials()) {
      boolean lora = trial.configuration().id().equals("lora-r4");
      records.add(SyntheticSuite.record(trial, lora ? right : 20));
    }
    return records;
  }
}
