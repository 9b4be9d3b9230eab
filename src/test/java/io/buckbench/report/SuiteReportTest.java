package io.buckbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.SideEffects;
import io.buckbench.report.page.PageText;
import io.buckbench.report.page.PullRequestSummary;
import io.buckbench.report.page.ReportFolder;
import io.buckbench.report.page.ReportPage;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteReportTest {
  @Test
  void the_tables_equal_the_expected_files() throws IOException {
    assertThat(mini().csv()).isEqualTo(resource("mini.csv"));
    assertThat(mini().trialsCsv()).isEqualTo(resource("mini-trials.csv"));
    assertThat(mini().findingsCsv()).isEqualTo(resource("mini-findings.csv"));
    assertThat(mini().returnsCsv()).isEqualTo(resource("mini-returns.csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ru", "de", "ar"})
  void every_locale_gives_the_same_bytes(String language) {
    SuiteReport root = mini();
    List<String> expected = texts(root);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertThat(texts(mini())).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void failed_trials_are_counted_and_lower_the_mean() {
    RunRecord good = SyntheticRuns.trial("lora-r4", "lora", 1, 40);
    RunRecord failed =
        SyntheticRuns.with(
            SyntheticRuns.trial("lora-r4", "lora", 2, 40),
            RunStatus.FAILED,
            "out of memory",
            List.of(),
            List.of());
    SuiteReport report = SuiteReport.of(List.of(good, failed), Judgement.NONE);
    assertThat(report.configurations().get(0).scores().orElseThrow().accuracy().estimate())
        .isEqualTo(0.5);
    assertThat(PageText.of(report))
        .contains("1 failed, of 2 trials.", "1 of 2 learned, 1 failed", "out of memory");
    assertThat(report.configurations().get(0).levels())
        .as("each level counts the failed trial too")
        .isEqualTo(Map.of("binding", 0.5, "presence", 0.5));
  }

  @Test
  void rows_on_the_validation_split_have_a_separate_table() {
    RunRecord test = SyntheticRuns.trial("lora-r4", "lora", 1, 30);
    RunRecord validation =
        RunCopy.of(SyntheticRuns.trial("lora-r4-3e-3", "lora", 1, 40))
            .declared("split", "validation")
            .record();
    SuiteReport both = SuiteReport.of(List.of(validation, test), Judgement.NONE);
    assertThat(PageText.section(both, "rows")).contains("| lora-r4 |").doesNotContain("3e-3");
    assertThat(PageText.section(both, "validation")).contains("| lora-r4-3e-3 |");
    assertThat(both.csv()).contains("lora-r4-3e-3,lora,opt-nano,validation,1,");
    assertThat(ReportFolder.costSvg(both)).contains("lora-r4").doesNotContain("lora-r4-3e-3");
    SuiteReport alone = SuiteReport.of(List.of(validation), Judgement.NONE);
    assertThat(PageText.of(alone)).contains("mini, on validation: ");
    assertThat(PageText.section(alone, "validation")).isEmpty();
    assertThat(ReportFolder.costSvg(alone)).contains("mini on validation");
  }

  @Test
  void several_precisions_are_listed_and_skipped_steps_counted() {
    RunRecord single = SyntheticRuns.trial("full", "full", 1, 40);
    RunRecord mixed =
        SyntheticRuns.inMixedPrecision(
            SyntheticRuns.trial("lora-r4", "lora", 1, 40),
            List.of(new StepMetric(1, 4, 0, Double.POSITIVE_INFINITY, 512, 0.1)));
    assertThat(PageText.of(SuiteReport.of(List.of(single, mixed), Judgement.NONE)))
        .contains("| precision | float32 (full); mixed (lora-r4) |")
        .contains("| skipped steps | 1, because a gradient did not fit float16 |");
  }

  @Test
  void a_configuration_without_answers_is_reported_as_such() {
    RunRecord failed =
        SyntheticRuns.with(
            SyntheticRuns.trial("full", "full", 1, 40),
            RunStatus.FAILED,
            "?",
            List.of(),
            List.of());
    SuiteReport report = SuiteReport.of(List.of(failed, SyntheticRuns.allYes(1)), Judgement.NONE);
    assertThat(PageText.section(report, "rows")).contains("| full | ", "no answers");
    assertThat(report.csv()).contains("\nfull,full,opt-nano,test,1,,,,,");
    assertThat(ReportFolder.costSvg(report)).doesNotContain("class=\"mk\"");
  }

  @Test
  void what_else_a_dollar_does_is_shown_with_its_spread_over_seeds() {
    List<RunRecord> records =
        List.of(
            RunCopy.of(SyntheticRuns.trial("lora-r4", "lora", 1, 30))
                .sideEffects(new SideEffects(8, 12, 0.5, 0.4, 40_000, 600_000_000))
                .record(),
            RunCopy.of(SyntheticRuns.trial("lora-r4", "lora", 2, 30))
                .sideEffects(new SideEffects(8, 16, 0.7, 0.4, 40_000, 600_000_000))
                .record(),
            RunCopy.of(SyntheticRuns.trial("prompt", "prompt", 1, 30))
                .sideEffects(new SideEffects(8, 8, 0.5, Double.NaN, 1_000, 0))
                .record(),
            SyntheticRuns.allYes(1));
    SuiteReport report = SuiteReport.of(records, Judgement.NONE);
    assertThat(PageText.section(report, "forgotten"))
        .contains(
            "| lora-r4 | 1.75 ± 0.354 | 0.6 ± 0.141 | 0.4 | 40 kB | 600 MB |",
            "| prompt | 1 | 0.5 | - | 1 kB | - |")
        .doesNotContain("all-yes");
    assertThat(report.csv()).contains(",perplexity_ratio,perplexity_ratio_seed_sd,", ",1.75,0.35");
    assertThat(report.trialsCsv())
        .contains(",peak_bytes,sentence,", ",1.5,8.0,12.0,0.5,0.4,40000.0,6.0E8,");
  }

  @Test
  void text_from_data_is_escaped() {
    RunRecord run = SyntheticRuns.trial("<img src=x onerror=alert(1)>|[a](b)", "lora", 1, 30);
    SuiteReport report = SuiteReport.of(List.of(run), Judgement.NONE);
    assertThat(PullRequestSummary.of(report)).doesNotContain("<img", "[a](");
    assertThat(ReportPage.page(report)).doesNotContain("<img");
    assertThat(ReportFolder.costSvg(report) + ReportFolder.forestSvg(report))
        .doesNotContain("<img");
  }

  @Test
  void all_files_are_written_to_one_folder(@TempDir Path folder) throws IOException {
    ReportFolder.write(mini(), folder);
    assertThat(folder.resolve("summary.md")).hasContent(PullRequestSummary.of(mini()));
    assertThat(folder.resolve("trials/lora-r4/3/metrics.csv")).isNotEmptyFile();
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(12 + 9 * 4);
    }
  }

  @Test
  void a_report_without_records_is_refused() {
    assertThatThrownBy(() -> SuiteReport.of(List.of(), Judgement.NONE))
        .hasMessage("a report needs at least one run record");
  }

  private static List<String> texts(SuiteReport report) {
    return List.of(
        ReportPage.page(report),
        PullRequestSummary.of(report),
        report.csv(),
        report.trialsCsv(),
        report.findingsCsv(),
        ReportFolder.costSvg(report),
        ReportFolder.forestSvg(report));
  }

  private static SuiteReport mini() {
    List<RunRecord> records = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      records.add(SyntheticRuns.allYes(seed));
    }
    for (long seed = 3; seed >= 1; seed--) {
      records.add(SyntheticRuns.trial("lora-r4", "lora", seed, 30 + (int) seed));
    }
    for (long seed = 1; seed <= 3; seed++) {
      records.add(SyntheticRuns.trial("full", "full", seed, 28, 6));
    }
    List<Finding> findings =
        List.of(
            new Finding(
                "beats-all-yes",
                "mini",
                "lora-r4",
                Verdict.SUPPORTED,
                "accuracy difference to all-yes, points",
                17.5,
                1.25,
                30.5,
                0.0123456,
                "with 3 seeds and 40 test items a difference under 20.1 points would be missed",
                "lora-r4 beats always answering yes.",
                true),
            new Finding(
                "lora-beats-full",
                "mini",
                "",
                Verdict.NOT_RUN,
                "accuracy difference, points",
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                "",
                "The rows it is about were not run.",
                true));
    return SuiteReport.of(
        records, new Judgement(findings, List.of(), Optional.empty(), List.of(), List.of()));
  }

  private static String resource(String name) throws IOException {
    try (var in = SuiteReportTest.class.getResourceAsStream("/report/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
