package io.buckbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.SideEffects;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteReportTest {
  @Test
  void the_page_equals_the_expected_file() throws IOException {
    assertThat(mini().markdown()).isEqualTo(resource("mini.md"));
  }

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
    List<String> expected =
        List.of(root.markdown(), root.csv(), root.trialsCsv(), root.findingsCsv(), root.costSvg());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      SuiteReport report = mini();
      assertThat(
              List.of(
                  report.markdown(),
                  report.csv(),
                  report.trialsCsv(),
                  report.findingsCsv(),
                  report.costSvg()))
          .isEqualTo(expected);
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
    SuiteReport report = SuiteReport.of(List.of(good, failed), List.of(), "");
    assertThat(report.configurations().get(0).scores().orElseThrow().accuracy().estimate())
        .isEqualTo(0.5);
    assertThat(report.markdown())
        .contains("Trials: 2, of which 0 diverged and 1 failed", "failed 1, learned 1")
        .contains("| lora-r4 | 2 | - | - | - | - | - | - | - | failed: out of memory |");
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
    SuiteReport both = SuiteReport.of(List.of(validation, test), List.of(), "");
    String page = both.markdown();
    String ofTest = page.substring(page.indexOf("## Methods"), page.indexOf("## On validation"));
    assertThat(ofTest).contains("| lora-r4 |").doesNotContain("lora-r4-3e-3");
    assertThat(page.substring(page.indexOf("## On validation"))).contains("| lora-r4-3e-3 |");
    assertThat(both.csv()).contains("lora-r4-3e-3,lora,opt-nano,validation,1,");
    assertThat(both.costSvg()).contains("lora-r4").doesNotContain("lora-r4-3e-3");
    SuiteReport alone = SuiteReport.of(List.of(validation), List.of(), "");
    assertThat(alone.markdown()).doesNotContain("## Methods side by side");
    assertThat(alone.costSvg()).contains("mini on validation");
  }

  @Test
  void several_precisions_are_listed_and_skipped_steps_counted() {
    RunRecord single = SyntheticRuns.trial("full", "full", 1, 40);
    RunRecord mixed =
        SyntheticRuns.inMixedPrecision(
            SyntheticRuns.trial("lora-r4", "lora", 1, 40),
            List.of(new StepMetric(1, 4, 0, Double.POSITIVE_INFINITY, 512, 0.1)));
    assertThat(SuiteReport.of(List.of(single, mixed), List.of(), "").markdown())
        .contains("- Precision: float32 (full); mixed (lora-r4)")
        .contains("0 failed; 1 steps were skipped because a gradient did not fit float16");
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
    SuiteReport report = SuiteReport.of(List.of(failed, SyntheticRuns.allYes(1)), List.of(), "");
    assertThat(report.markdown()).contains("| full | full | no answers | - | no answers |");
    assertThat(report.csv()).contains("\nfull,full,opt-nano,test,1,,,,,");
    assertThat(report.costSvg()).doesNotContain("<circle");
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
    SuiteReport report = SuiteReport.of(records, List.of(), "");
    String page = report.markdown();
    String section =
        page.substring(page.indexOf("## What else"), page.indexOf("## Return on a dollar"));
    assertThat(section)
        .contains(
            "| configuration | perplexity after / before | perplexity before | perplexity after |",
            "| lora-r4 | 1.750 ± 0.354 | 8.000 ± 0.000 | 14.000 ± 2.828 | 0.600 ± 0.141 | 0.400 ±"
                + " 0.000 | 40,000 ± 0 | 600,000,000 ± 0 |",
            "| prompt | 1.000 | 8.000 | 8.000 | 0.500 | - | 1,000 | - |")
        .doesNotContain("all-yes");
    assertThat(report.csv()).contains(",perplexity_ratio,perplexity_ratio_seed_sd,", ",1.75,0.35");
    assertThat(report.trialsCsv())
        .contains(",peak_bytes,sentence,", ",1.5,8.0,12.0,0.5,0.4,40000.0,6.0E8,");
  }

  @Test
  void text_from_data_is_escaped() {
    RunRecord run = SyntheticRuns.trial("<img src=x onerror=alert(1)>|[a](b)", "lora", 1, 30);
    SuiteReport report = SuiteReport.of(List.of(run), List.of(), "</pre><script>alert(1)</script>");
    assertThat(report.markdown())
        .doesNotContain("<img", "](")
        .contains("    </pre><script>alert(1)</script>");
    assertThat(report.costSvg()).doesNotContain("<img");
  }

  @Test
  void all_files_are_written_to_one_folder(@TempDir Path folder) throws IOException {
    mini().writeTo(folder);
    assertThat(folder.resolve("summary.md")).hasContent(mini().markdown());
    assertThat(folder.resolve("trials/lora-r4/3/metrics.csv")).isNotEmptyFile();
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(6 + 9 * 4);
    }
  }

  @Test
  void a_report_without_records_is_refused() {
    assertThatThrownBy(() -> SuiteReport.of(List.of(), List.of(), ""))
        .hasMessage("a report needs at least one run record");
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
    return SuiteReport.of(records, findings, "lora-r4: SAME\nfull: SAME\n");
  }

  private static String resource(String name) throws IOException {
    try (var in = SuiteReportTest.class.getResourceAsStream("/report/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
