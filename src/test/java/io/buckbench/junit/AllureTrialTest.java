package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.RunRecord;
import io.buckbench.report.SyntheticRuns;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllureTrialTest {
  @Test
  void a_trial_shows_its_settings_phases_numbers_and_files() {
    AllureRun run = AllureRun.of(All.class);
    TestResult result =
        run.results().stream().filter(r -> has(r, "seed", "2")).findFirst().orElseThrow();
    assertThat(result.getParameters())
        .extracting(p -> p.getName() + "=" + p.getValue())
        .containsExactly(
            "configuration=lora-r4",
            "model=opt-nano",
            "method=lora",
            "learning_rate=0.001",
            "seed=2");
    assertThat(result.getLabels())
        .extracting(l -> l.getName() + "=" + l.getValue())
        .contains("epic=suite mini", "feature=lora", "story=lora-r4", "tag=opt-nano")
        .doesNotHaveDuplicates();
    assertThat(result.getSteps())
        .extracting(StepResult::getName)
        .startsWith("load", "train", "evaluate", "the trial completed");
    assertThat(result.getSteps().get(2).getParameters())
        .extracting(p -> p.getName() + "=" + p.getValue())
        .contains(
            "accuracy=75.00 %",
            "answers yes or no=100.00 %",
            "most common other answers=none",
            "right by likelihood of yes against no=75.00 %",
            "right by likelihood without the untouched model's prior=75.00 %",
            "ROC area=0.733")
        .anyMatch(p -> p.startsWith("ended as=learned: balanced accuracy"));
    assertThat(result.getSteps().get(1).getStop() - result.getSteps().get(1).getStart())
        .isEqualTo(1500);
    assertThat(result.getAttachments())
        .extracting(a -> a.getName() + " " + a.getType())
        .containsExactly(
            "loss image/svg+xml",
            "metrics text/csv",
            "cost ledger text/csv",
            "predictions text/csv");
    Attachment metrics = result.getAttachments().get(1);
    assertThat(new String(run.attachments().get(metrics.getSource()), StandardCharsets.UTF_8))
        .startsWith("step,loss,");
  }

  @Test
  void the_history_depends_on_row_and_seed_and_not_on_the_invocation() {
    List<TestResult> all = AllureRun.of(All.class).results();
    List<TestResult> some = AllureRun.of(OnlyTheThird.class).results();
    assertThat(all).extracting(TestResult::getHistoryId).doesNotHaveDuplicates().hasSize(3);
    assertThat(some.get(0).getHistoryId())
        .isEqualTo(
            all.stream().filter(r -> has(r, "seed", "3")).findFirst().orElseThrow().getHistoryId());
  }

  @Test
  void nothing_from_data_is_attached_as_html() {
    AllureRun run = AllureRun.of(All.class);
    assertThat(run.results())
        .allSatisfy(
            r -> {
              assertThat(r.getDescriptionHtml()).isNull();
              assertThat(r.getAttachments())
                  .noneMatch(a -> a.getType().contains("html") || a.getSource().endsWith("html"));
            });
  }

  @Test
  void the_environment_is_written_without_a_date(@TempDir Path results) throws Exception {
    AllureEnvironment.write(SyntheticRuns.allYes(1).provenance(), results);
    assertThat(Files.readString(results.resolve("environment.properties")))
        .isEqualTo(
            """
            Commit=0123456789abcdef
            Device=a CPU that nobody owns
            Device\\ class=cpu-x86_64-avx512-t2
            PyTorch=2.5.1
            Threads=2
            Workers=1
            """);
    try (var files = Files.list(results)) {
      assertThat(files).hasSize(1);
    }
  }

  static class All {
    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void trial(long seed) {
      show(seed);
    }
  }

  static class OnlyTheThird {
    @ParameterizedTest
    @CsvSource("3")
    void trial(long seed) {
      show(seed);
    }
  }

  private static void show(long seed) {
    RunRecord run = SyntheticRuns.trial("lora-r4", "lora", seed, 30);
    AllureTrial.describe(run.suite(), run.configuration(), run.seed(), run.declared());
    RunRecord untouched = SyntheticRuns.trial("untouched", "none", 1, 20, 0);
    AllureTrial.show(run, List.of(untouched), 1_000_000);
    AllureTrial.show("", run.promises());
  }

  private static boolean has(TestResult result, String name, String value) {
    return result.getParameters().contains(new Parameter().setName(name).setValue(value));
  }
}
