package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.accepted.DeclaredRuns;
import io.buckbench.accepted.SuiteVerdicts;
import io.buckbench.accepted.SyntheticSuite;
import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.GoldenStore;
import io.buckbench.history.History;
import io.buckbench.input.NamePattern;
import io.buckbench.record.RunRecord;
import io.buckbench.report.Judgement;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Trial;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteBenchTest {
  private static final Selection ALL = new Selection(Optional.empty(), Optional.empty());

  private static Runnable body;

  @TempDir Path folder;

  @Test
  void an_accepted_verdict_passes() {
    TestResult result = inATest(good(), good(), bench -> bench.state("beats-all-yes"));
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    assertThat(result.getName()).isEqualTo("beats-all-yes: 1 supported");
    assertThat(result.getDescriptionHtml())
        .contains(
            "An adapter beats all-yes",
            "Claim of the kind beats",
            "margin of 0 points",
            "ours (2026-01-01)");
    assertThat(result.getLabels()).contains(new Label().setName("tag").setValue("beats"));
    assertThat(result.getSteps().get(0).getName())
        .isEqualTo("lora-r4 beats-all-yes: SUPPORTED, accepted as SUPPORTED");
  }

  @Test
  void a_verdict_refuted_as_accepted_is_named_and_not_green() {
    TestResult result = inATest(records(5), records(5), bench -> bench.state("beats-all-yes"));
    assertThat(result.getName()).isEqualTo("beats-all-yes: 1 refuted");
    assertThat(result.getStatus()).as("neither passed nor failed").isNull();
  }

  @Test
  void a_complete_run_is_kept_and_an_incomplete_one_is_not() {
    History history = History.of(folder, "mini");
    inATest(good().subList(0, 4), good(), bench -> assertThat(bench.keep()).isFalse());
    assertThat(history.runs()).isEmpty();
    inATest(good(), good(), bench -> assertThat(bench.keep()).isTrue());
    inATest(good(), good(), bench -> assertThat(bench.keep()).isFalse());
    assertThat(history.runs()).hasSize(1);
  }

  @Test
  void a_flipped_verdict_fails() {
    TestResult result = inATest(records(5), good(), bench -> bench.state("beats-all-yes"));
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    assertThat(result.getStatusDetails().getMessage())
        .contains("verdict-changed: lora-r4 beats-all-yes: REFUTED, accepted as SUPPORTED");
  }

  @Test
  void with_missing_trials_a_hypothesis_is_skipped() {
    List<RunRecord> some = records(5).subList(0, 4);
    TestResult result = inATest(some, good(), bench -> bench.state("beats-all-yes"));
    assertThat(result.getStatus()).isEqualTo(Status.SKIPPED);
    assertThat(result.getStatusDetails().getMessage())
        .contains("NOT_RUN: 5 of 9 trials of mini have no record", "full, seed 2");
  }

  @Test
  void records_of_two_commits_are_not_combined() {
    List<RunRecord> mixed = new ArrayList<>(good());
    mixed.set(8, SyntheticRuns.ofCommit(mixed.get(8), "another"));
    TestResult result = inATest(mixed, good(), bench -> bench.state("beats-all-yes"));
    assertThat(result.getStatus()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void equal_results_pass() {
    TestResult result = inATest(good(), good(), bench -> bench.compareWithGolden());
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    assertThat(result.getAttachments())
        .extracting(Attachment::getName)
        .containsExactly("comparison with golden");
  }

  @Test
  void a_changed_row_fails_by_name() {
    TestResult result = inATest(records(5), good(), bench -> bench.compareWithGolden());
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    assertThat(result.getStatusDetails().getMessage()).contains("golden: lora-r4");
  }

  @Test
  void rows_outside_a_selection_are_not_missing() {
    Selection lora = new Selection(Optional.of(NamePattern.of("lora*")), Optional.empty());
    List<RunRecord> some =
        good().stream().filter(r -> r.configuration().equals("lora-r4")).toList();
    TestResult result = inATest(some, good(), lora, bench -> bench.compareWithGolden());
    assertThat(result.getStatus()).isEqualTo(Status.SKIPPED);
    TestResult without = inATest(some, good(), bench -> bench.compareWithGolden());
    assertThat(without.getStatus()).isEqualTo(Status.FAILED);
    assertThat(without.getStatusDetails().getMessage()).contains("MISSING");
  }

  @Test
  void seeds_are_missing_only_if_they_were_selected() {
    List<RunRecord> first = good().stream().filter(r -> r.seed() == 1).toList();
    Selection one = new Selection(Optional.empty(), Optional.of(1));
    TestResult selected = inATest(first, good(), one, bench -> bench.compareWithGolden());
    assertThat(selected.getStatus()).isEqualTo(Status.SKIPPED);
    assertThat(selected.getStatusDetails().getMessage()).contains("6 of 9 trials");
    assertThat(selected.getSteps())
        .extracting(StepResult::getName)
        .containsExactly("lora-r4: SAME", "full: SAME", "untouched: SAME");

    TestResult whole = inATest(first, good(), bench -> bench.compareWithGolden());
    assertThat(whole.getStatus()).isEqualTo(Status.FAILED);
    assertThat(whole.getStatusDetails().getMessage()).contains("seed 2: accepted and not run now");

    Selection two = new Selection(Optional.empty(), Optional.of(2));
    TestResult lost = inATest(first, good(), two, bench -> bench.compareWithGolden());
    assertThat(lost.getStatus()).as("a selected trial has no record").isEqualTo(Status.FAILED);
  }

  @Test
  void without_accepted_results_the_comparison_says_how_to_accept() {
    TestResult result = inATest(good(), List.of(), bench -> bench.compareWithGolden());
    assertThat(result.getStatus()).isEqualTo(Status.SKIPPED);
    assertThat(result.getStatusDetails().getMessage()).contains("-Dgolden=accept");
  }

  @Test
  void the_summary_is_attached_and_written() {
    Path written = folder.resolve("report");
    TestResult result =
        inATest(
            good(),
            good(),
            bench ->
                bench.summarise(
                    new ReportPlace(written, "../x/", Optional.of(folder.resolve("tab")))));
    assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    assertThat(result.getDescription()).contains("# mini: ", "| lora-r4 | 100.0 ");
    assertThat(written.resolve("index.html")).content().contains("id=\"row-lora-r4\"");
    assertThat(folder.resolve("tab/static/index.js"))
        .content()
        .contains("row-lora-r4", "../x/summary.csv");
    assertThat(written.resolve("summary.md")).hasContent(result.getDescription());
    assertThat(result.getAttachments())
        .extracting(Attachment::getName)
        .containsExactly("accuracy", "methods side by side", "trial by trial", "findings");
  }

  private TestResult inATest(
      List<RunRecord> fresh, List<RunRecord> accepted, Consumer<SuiteBench> test) {
    return inATest(fresh, accepted, ALL, test);
  }

  private TestResult inATest(
      List<RunRecord> fresh,
      List<RunRecord> accepted,
      Selection selection,
      Consumer<SuiteBench> test) {
    DeclaredRuns runs =
        DeclaredRuns.read(
            SyntheticSuite.suite(),
            SyntheticSuite.store(folder.resolve("fresh" + System.nanoTime()), fresh),
            false);
    Hypotheses hypotheses = SyntheticSuite.hypotheses(folder);
    GoldenStore golden = SyntheticSuite.golden(folder, accepted);
    SuiteVerdicts verdicts = SuiteVerdicts.of(runs, hypotheses, Optional.of(golden), selection);
    Judgement judgement = Judgement.of("mini", verdicts.findings(), hypotheses);
    SuiteBench bench = new SuiteBench(verdicts, judgement, History.of(folder, "mini"));
    body = () -> test.accept(bench);
    return AllureRun.of(OneTest.class).results().get(0);
  }

  static class OneTest {
    @Test
    void runs() {
      body.run();
    }
  }

  private static List<RunRecord> good() {
    return records(40);
  }

  private static List<RunRecord> records(int right) {
    List<RunRecord> records = new ArrayList<>();
    for (Trial trial : SyntheticSuite.suite().trials()) {
      boolean lora = trial.configuration().id().equals("lora-r4");
      records.add(SyntheticSuite.record(trial, lora ? right : 20));
    }
    return records;
  }
}
