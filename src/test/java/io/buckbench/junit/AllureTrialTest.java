package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.accepted.SyntheticSuite;
import io.buckbench.eval.Prediction;
import io.buckbench.findings.TrialScores;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllureTrialTest {
  private static final Suite SUITE = SyntheticSuite.suite();
  private static final String REPORT = "../report/mini.part/";

  /** The pages of some trials, which end in the given order. */
  private static AllureRun pages(List<RunRecord> ended) {
    return pages(ended, Map.of());
  }

  private static AllureRun pages(List<RunRecord> ended, Map<String, Question> questions) {
    AllureRun written = AllureRun.empty();
    TrialPages pages = new TrialPages(SUITE, SUITE.trials(), run -> questions, REPORT, written);
    ended.forEach(
        run -> pages.finished(SyntheticSuite.trial(run.configuration(), run.seed()), run, false));
    pages.writeIncomplete();
    return written;
  }

  private static RunRecord lora(long seed, int right) {
    return SyntheticSuite.record(SyntheticSuite.trial("lora-r4", seed), right);
  }

  private static TestResult seed(AllureRun run, long seed) {
    return run.results().stream()
        .filter(r -> r.getName().contains("seed " + seed + ":"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_page_of_a_trial_begins_with_its_result() {
    TestResult result = seed(pages(List.of(lora(1, 30), lora(2, 30), lora(3, 30))), 2);
    assertThat(result.getName()).isEqualTo("lora-r4, seed 2: 75.0 %, learned");
    assertThat(result.getStatus()).as("a single seed has no verdict").isNull();
    assertThat(result.getStatusDetails().getMessage()).startsWith("learned: balanced accuracy");
    assertThat(labels(result))
        .contains(
            "epic=Trials",
            "feature=01 lora-r4",
            "tag=learned",
            "severity=trivial",
            "trial=mini/lora-r4/2")
        .doesNotHaveDuplicates();
    assertThat(result.getParameters())
        .extracting(p -> p.getName() + "=" + p.getValue())
        .containsExactly("method=lora", "model=opt-nano", "learning_rate=0.001", "seed=2");
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .startsWith("load", "train", "evaluate", "the trial completed");
    assertThat(result.getSteps().get(1).getStop() - result.getSteps().get(1).getStart())
        .isEqualTo(1500);
  }

  @Test
  void the_description_has_dollars_answers_sister_seeds_and_wrong_answers() {
    TestResult result = seed(pages(List.of(lora(1, 30), lora(2, 25), lora(3, 28))), 2);
    assertThat(result.getDescriptionHtml())
        .startsWith("<div><p><b>62.5 %, ")
        .contains(
            "<th>Dollars</th><td>$0.0000336 of $0.0005</td>",
            "<th>Right answers</th><td>no 37.5 %, yes 62.5 %</td>",
            "Loss of seed 2 among 2 other seeds of its row",
            "The first 10 of 15 wrong answers",
            "href=\"../report/mini.part/index.html#row-lora-r4\"");
    assertThat(result.getDescriptionHtml().split("<polyline")).hasSize(4);
  }

  @Test
  void collapsed_and_failed_trials_are_tagged_and_found_by_categories() {
    RunRecord failed = RunCopy.of(lora(2, 30)).ended(RunStatus.FAILED, "out of memory").record();
    RunRecord none = RunCopy.of(failed).predictions(List.of()).record();
    List<Prediction> yes = SyntheticRuns.allYes(3).predictions();
    RunRecord collapsed = RunCopy.of(lora(3, 30)).predictions(yes).record();
    AllureRun run = pages(List.of(lora(1, 30), none, collapsed));
    assertThat(seed(run, 2).getName()).isEqualTo("lora-r4, seed 2: failed");
    assertThat(labels(seed(run, 2))).contains("tag=failed", "severity=blocker");
    assertThat(seed(run, 2).getStatusDetails().getMessage())
        .contains("failed: out of memory", "promise broken: mini/lora-r4 seed 2");
    assertThat(seed(run, 2).getSteps())
        .filteredOn(s -> s.getStatus() == Status.FAILED)
        .extracting(StepResult::getName)
        .containsExactly("the trial completed");
    assertThat(seed(run, 3).getName()).isEqualTo("lora-r4, seed 3: 62.5 %, collapsed");
    assertThat(labels(seed(run, 3))).contains("tag=collapsed", "severity=minor");
    for (long seed : new long[] {2, 3}) {
      String message = seed(run, seed).getStatusDetails().getMessage();
      assertThat(Concern.categories())
          .filteredOn(c -> message.matches(c.get("messageRegex").toString()))
          .filteredOn(c -> c.get("matchedStatuses").toString().contains("unknown"))
          .extracting(c -> c.get("name"))
          .containsExactly(seed == 2 ? "A promise was broken" : "Collapsed to one answer");
    }
  }

  @Test
  void questions_and_passages_are_shown_and_markup_in_them_is_text() {
    Question evil = new Question("is <b>it</b>?", "<script>alert(1)</script> & \"more\"");
    Map<String, Question> questions = Map.of("test.jsonl:31", evil);
    TestResult result = seed(pages(List.of(lora(1, 30), lora(2, 30), lora(3, 30)), questions), 1);
    assertThat(result.getDescriptionHtml())
        .contains(
            "is &lt;b&gt;it&lt;/b&gt;?",
            "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;")
        .doesNotContain("<script");
  }

  @Test
  void attachments_have_four_digits_and_wrong_answers_first_and_one_has_all_digits()
      throws IOException {
    AllureRun run = pages(List.of(lora(1, 30), lora(2, 30), lora(3, 30)));
    TestResult result = seed(run, 1);
    assertThat(result.getAttachments())
        .extracting(Attachment::getName)
        .containsExactly(
            "predictions, wrong ones first", "metrics", "cost ledger", "settings", "all digits");
    assertThat(text(run, result, 0).lines().toList())
        .hasSize(41)
        .startsWith(
            "id,level,wanted,answer,generated,log_prob_yes,log_prob_no",
            "test.jsonl:31,presence,no,yes,,-0.25,-1.5")
        .element(11)
        .asString()
        .startsWith("test.jsonl:1,presence,yes,yes,,");
    assertThat(text(run, result, 1)).contains("\n3,1.167,0.001,1.25,0.125\n");
    assertThat(result.getAttachments())
        .noneMatch(a -> a.getType().contains("html") || a.getSource().endsWith("html"));
    byte[] zip = run.attachments().get(result.getAttachments().get(4).getSource());
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
        String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(all.contains("1.1666666666666667")).isEqualTo(names.size() == 1);
      }
    }
    assertThat(names).containsExactly("metrics.csv", "ledger.csv", "predictions.csv");
  }

  @Test
  void in_little_room_the_first_wrong_answers_are_attached_and_the_rest_is_linked() {
    RunRecord run = lora(1, 30);
    AllureRun written = AllureRun.empty();
    TrialScores trial = TrialScores.of(run, List.of());
    String description = TrialPage.of(trial, List.of(run), Map.of(), REPORT).toString();
    PageRoom room = new PageRoom(10_500 + 2L * PageRoom.bytesOf(description) + 2_000);
    new AllureTrial(trial, REPORT, written).write(List.of(run), "01 lora-r4", Map.of(), room);
    TestResult result = written.results().get(0);
    assertThat(result.getAttachments())
        .extracting(Attachment::getName)
        .satisfiesExactly(
            name -> assertThat(name).matches("predictions, wrong ones first, \\d+ of 40"),
            name -> assertThat(name).isEqualTo("cost ledger"),
            name -> assertThat(name).isEqualTo("settings"));
    assertThat(text(written, result, 0)).contains("\ntest.jsonl:31,presence,no,yes,");
    assertThat(result.getDescriptionHtml())
        .containsPattern(
            "Not attached, .*: \\d+ predictions, metrics, all digits. All of it is in ")
        .contains("href=\"../report/mini.part/trials/lora-r4/1/predictions.csv\"");
  }

  @Test
  void the_history_of_a_trial_does_not_depend_on_the_run() {
    List<String> all =
        pages(List.of(lora(1, 30), lora(2, 30), lora(3, 30))).results().stream()
            .map(TestResult::getHistoryId)
            .toList();
    assertThat(all).doesNotHaveDuplicates().hasSize(3);
    assertThat(pages(List.of(lora(3, 20))).results())
        .extracting(TestResult::getHistoryId)
        .containsExactly(all.get(2));
  }

  @Test
  void pages_are_written_when_a_row_is_complete_and_otherwise_at_the_end() {
    AllureRun written = AllureRun.empty();
    TrialPages pages = new TrialPages(SUITE, SUITE.trials(), run -> Map.of(), REPORT, written);
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(written.results()).isEmpty();
      Trial trial = SyntheticSuite.trial("lora-r4", seed);
      pages.finished(trial, SyntheticSuite.record(trial, 30), false);
    }
    assertThat(written.results()).hasSize(3);
    Trial full = SyntheticSuite.trial("full", 1);
    pages.finished(full, SyntheticSuite.record(full, 30), false);
    assertThat(written.results()).hasSize(3);
    pages.writeIncomplete();
    assertThat(written.results()).hasSize(4);
  }

  @Test
  void rows_are_numbered_in_the_order_of_the_suite_and_controls_called_so() {
    RowNames names = new RowNames(SUITE);
    assertThat(names.of("lora-r4")).isEqualTo("01 lora-r4");
    assertThat(names.of("full")).isEqualTo("02 full");
    assertThat(names.of("untouched")).isEqualTo("03 untouched (untouched base model)");
  }

  @Test
  void the_environment_begins_with_what_was_found_and_has_no_date(@TempDir Path results)
      throws IOException {
    new ReportFiles(results).environment(Map.of("Rows", "3"), SyntheticRuns.allYes(1).provenance());
    assertThat(Files.readString(results.resolve("environment.properties")))
        .isEqualTo(
            """
            Rows=3
            Commit=0123456789abcdef
            Device\\ class=cpu-x86_64-avx512-t2
            Device=a CPU that nobody owns
            Threads=2
            Workers=1
            PyTorch=2.5.1
            """);
  }

  private static String text(AllureRun run, TestResult result, int attachment) {
    String source = result.getAttachments().get(attachment).getSource();
    return new String(run.attachments().get(source), StandardCharsets.UTF_8);
  }

  private static List<String> labels(TestResult result) {
    return result.getLabels().stream().map((Label l) -> l.getName() + "=" + l.getValue()).toList();
  }
}
