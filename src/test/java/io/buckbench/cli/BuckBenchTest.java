package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.util.cuda.CudaUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.eval.AnswerSheets;
import io.buckbench.files.Folders;
import io.buckbench.findings.RunFixtures;
import io.buckbench.input.NamePattern;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Project;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user sees: exit status, and errors with place, finding, expectation and remedy. */
class BuckBenchTest {
  private static final String NANO = "src/main/resources/opt-nano";
  private static final String TEST_ITEMS = "datasets/control/test.jsonl";
  private static final String METHOD = "benchmarks/methods/lora/r2_qv.json";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = BuckBench.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void bench_prints_a_line_for_each_method() throws IOException {
    String[] small = {"--rows=1", "--micro-batch=1", "--tokens=8", "--warmup=0", "--prompts=1"};
    List<String> words = new ArrayList<>(List.of("bench", NANO, "--method=lora/r2_qv,ia3/default"));
    words.addAll(List.of(small));
    assertThat(run(words.toArray(String[]::new))).isEqualTo(BuckBench.OK);
    assertThat(out.toString().lines().skip(1))
        .hasSize(2)
        .allMatch(line -> line.startsWith("opt-nano "));
    out.getBuffer().setLength(0);
    words.add("--json");
    assertThat(run(words.toArray(String[]::new))).isEqualTo(BuckBench.OK);
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.path("method").asText()).isEqualTo("lora/r2_qv");
    assertThat(first.at("/step_seconds/median").asDouble()).isPositive();
    assertThat(first.path("launches").asInt()).isPositive();

    assertThat(run("bench", "opt-125")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("MODEL: found 'opt-125'");
  }

  @Test
  void preflight_of_the_shipped_suite_passes_on_a_cpu() {
    assertThat(run("preflight", "smoke")).isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("not needed").contains("preflight of smoke: ");
  }

  @Test
  void preflight_looks_for_models_in_the_given_directory() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("opt-nano"));
    assertThat(run("preflight", "smoke", "--model-dir", folder.toString()))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(out.toString()).contains(empty.toString());
  }

  @Test
  void nothing_is_run_if_a_requested_gpu_is_missing() throws IOException {
    assumeTrue(CudaUtils.getGpuCount() == 0, "this machine has a GPU");
    TinyProject.fill(folder);
    new ProjectFixture(folder).row("a").write();
    String suite = folder.resolve("benchmarks/t.csv").toString();
    String before = System.setProperty("buckbench.device", "gpu");
    String runs = System.setProperty("buckbench.runs", folder.resolve("runs").toString());
    try {
      assertThat(run("preflight", suite)).isEqualTo(BuckBench.INVALID_INPUT);
      assertThat(out.toString()).contains("nothing was trained, nothing was spent");
      assertThat(run("run", suite)).isEqualTo(BuckBench.INVALID_INPUT);
      assertThat(err.toString()).contains("preflight, native library").contains("-Pgpu");
      assertThat(folder.resolve("runs")).doesNotExist();
    } finally {
      restore("buckbench.device", before);
      restore("buckbench.runs", runs);
    }
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  @Test
  void plan_prints_decimal_points_in_any_locale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(run("plan", "cost-sweep")).isEqualTo(BuckBench.OK);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(out.toString()).containsPattern("\\d\\.\\d").doesNotContainPattern("\\d,\\d");
  }

  @Test
  void calibrate_writes_rows_in_the_format_of_throughput_csv() throws IOException {
    Path file = folder.resolve("speeds.csv");
    assertThat(
            run(
                "calibrate",
                "smoke",
                "--only",
                "lora_r16_all",
                "--rounds=2",
                "--warmup=0",
                "--steps=1",
                "--test-batches=1",
                "--workers=1",
                "--device=CPU 2 vCPU",
                "--id-prefix=t",
                "--supersedes",
                "--out",
                file.toString()))
        .isEqualTo(BuckBench.OK);
    assertThat(Files.readString(file))
        .startsWith("id,date,device,model,method,batch,seconds_per_step,")
        .contains("\nt-opt-nano-lora-r16_all-16x256,")
        .contains("CPU 2 vCPU,opt-nano,lora r16_all,16 x 256,")
        .contains(" s a step, median of 2 rounds, least ", "; 2 steps, 200 test items; after 0 of ")
        .containsPattern(
            ",2026-11-26-two-opt-nano-lora-r16_all-16x256-lora_r16_all,20..-..-..T..:..:..Z,.+,\\d+,1\n"
                + "$");
    assertThat(err.toString())
        .contains("median of 2 rounds, least ")
        .containsPattern("calibration 20.*Z on .* threads?, 1 worker");
  }

  @Test
  void calibrate_refuses_before_it_measures() throws IOException {
    Path file = Files.writeString(folder.resolve("there.csv"), "");
    assertThat(run("calibrate", "smoke", "--id-prefix=t", "--out", file.toString()))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(run("calibrate", "nano-sweep", "--id-prefix=2026-11-24"))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(run("calibrate", "smoke", "--steps", "0")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(run("calibrate", "smoke", "--write", "--out", folder + "/x.csv")).isNotZero();
    assertThat(err.toString())
        .contains("there.csv: found a file already")
        .contains("throughput.csv: found a row '2026-11-24-opt-nano-ia3-default-16x256' already")
        .contains("--steps: found 0, expected at least 1")
        .contains("mutually exclusive");
  }

  @Test
  void plan_paper_gives_each_training_a_dollar_and_leaves_the_steps_open() {
    assertThat(run("plan", "paper", "--data-dir", folder.toString())).isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .containsPattern(
            "full-fine-tune +8 +[?] +1229[.]7 +1[.]00 +2[.]7327 +8[.]00 +4[.]\\d\\d +yes +[?]"
                + " +[?]\n")
        .containsPattern("opt-125m +1 +0 +0[.]0 +0[.]000000 ")
        .containsPattern("total +114 +38[.]2579 +112[.]00 *\n")
        .contains("price card paper-v100 (V100): $1 buys 1229.7 s; charged: train");
  }

  @Test
  void plan_paper_steps_has_the_papers_steps_at_its_speed_or_at_an_assumed_one() {
    String data = folder.toString();
    assertThat(run("plan", "paper-steps", "--data-dir", data)).isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .containsPattern("full-fine-tune +3 +2369 +1229[.]5 +1[.]00 ")
        .containsPattern("lora_4_8_125m +3 +859 +1228[.]4 +1[.]00 ")
        .containsPattern("total +44 +14[.]3")
        .contains("recorded speeds: all from a note of 2023-08-06 on V100, without a calibration")
        .doesNotContain("assumed");
    assertThat(run("plan", "paper-steps", "--data-dir", data, "--step-seconds", "0.1"))
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .containsPattern("full-fine-tune +3 +2369 +236[.]9 +0[.]19 ")
        .containsPattern("lora_4_8_125m +3 +859 +85[.]9 +0[.]07 ")
        .containsPattern("total +44 +1[.]158. +3[.]39 *\n")
        .contains("assumed: 0.1 s a step, not measured");
    assertThat(run("plan", "paper-steps", "--step-seconds", "0"))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("--step-seconds: found 0, expected above 0");
  }

  @Test
  void plan_lists_every_configuration_and_does_not_estimate_times_on_a_named_card() {
    assertThat(run("plan", "paper", "--card", "gcp-t4", "--data-dir", folder.toString()))
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .containsPattern("lora_2_4_125m +8 +[?] +4753[.]0 +1[.]00 ")
        .containsPattern("opt-125m +1 +0 +0[.]0 +[?] ");
    assertThat(run("plan", "smoke", "--card", "gcp-t4")).isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .as("270 steps are planned, but their time on a T4 is not recorded")
        .containsPattern("full +8 +270 +[?] +[?] +[?] +[?] +1[.]\\d\\d +yes +0 +0\n")
        .contains("lora_r16_all", "total", "0.0000 + ?", "recorded speeds: all from ");
    assertThat(run("plan", "smoke", "--card", "gcp-t5")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("--card: found 'gcp-t5'").contains("did you mean gcp-t4?");
  }

  @Test
  void plan_counts_the_prompts_that_are_cut() throws IOException {
    Path boolq = Files.createDirectories(folder.resolve("boolq"));
    String row = "{\"question\": \"is it\", \"passage\": \"%s\", \"answer\": true}\n";
    String two = row.formatted("word ".repeat(800).strip()) + row.formatted("It is.");
    Files.writeString(boolq.resolve("train.jsonl"), two);
    Files.writeString(boolq.resolve("validation.jsonl"), two.repeat(20));
    Path model = Files.createDirectories(folder.resolve("models/opt-125m"));
    Files.copy(Path.of(NANO, "tokenizer.json"), model.resolve("tokenizer.json"));
    Files.writeString(
        model.resolve("config.json"),
        Files.readString(Path.of(NANO, "config.json"))
            .replaceFirst("(\"max_position_embeddings\" ?: ?)\\d+", "$12048"));
    String data = folder.toString();
    String models = folder.resolve("models").toString();
    assertThat(run("plan", "paper", "--data-dir", data, "--model-dir", models))
        .as("these are not BoolQ's rows")
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("boolq/train.jsonl: found sha256 ")
        .contains("expected that of boolq, 3174512034c9")
        .contains("declare these rows under an id of their own in datasets.csv");
    for (Path file : Folders.files(Path.of("benchmarks"))) {
      Path copy = folder.resolve(file.toString());
      Files.createDirectories(copy.getParent());
      String text = Files.readString(file);
      boolean declares = file.endsWith("datasets.csv");
      Files.writeString(
          copy,
          declares ? text.replaceAll("\\b[0-9a-f]{64}\\b ?", "") : text.replace(",1635,", ",20,"));
    }
    assertThat(run("plan", "paper", "--project", data, "--data-dir", data, "--model-dir", models))
        .as(err.toString())
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .containsPattern("lora_2_4_125m .* 1 +10\n")
        .containsPattern("lora_4_8_350m .* [?] +[?]\n");
  }

  @Test
  void choose_requires_all_trials_of_a_grid() {
    String before = System.getProperty("buckbench.runs", "");
    try {
      System.setProperty("buckbench.runs", folder.toString());
      assertThat(run("choose", "smoke-rates")).isEqualTo(BuckBench.INVALID_INPUT);
    } finally {
      restore(before);
    }
    assertThat(err.toString()).contains("found no record of the grids of smoke-rates");
    assertThat(run("choose", "smoke")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("no row with a value in column grid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper", "paper-steps"})
  void a_report_of_the_paper_compares_our_runs_with_the_printed_table(String suite)
      throws IOException {
    for (Path file : Folders.files(Path.of("benchmarks"))) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(file, folder.resolve(file));
    }
    Configuration row =
        Project.at(folder)
            .declared(suite)
            .suite()
            .only(NamePattern.of("all-yes-base"))
            .configurations()
            .get(0);
    RunRecord yes =
        RunCopy.of(
                RunFixtures.run(
                    "all-yes-base", 1, AnswerSheets.of(AnswerSheets.counts(1002, 0, 0, 633, 0, 0))))
            .suite(suite)
            .declared(row.declared())
            .record();
    String before = System.getProperty("buckbench.runs", "");
    try (RunStore.Draft draft = new RunStore(folder.resolve("runs")).draft()) {
      draft.commit(yes);
      System.setProperty("buckbench.runs", folder.resolve("runs").toString());
      assertThat(run("report", suite, "--project", folder.toString()))
          .as(err.toString())
          .isEqualTo(BuckBench.OK);
    } finally {
      restore(before);
    }
    assertThat(folder.resolve("target/report").resolve(suite).resolve("index.html"))
        .content()
        .contains(">all-yes-base</th><td class=\"n\">61.28</td><td class=\"n\">61.28</td>")
        .contains(">lora_8_16_125m</th>", ">not run<");
  }

  private static void restore(String runs) {
    if (runs.isEmpty()) {
      System.clearProperty("buckbench.runs");
    } else {
      System.setProperty("buckbench.runs", runs);
    }
  }

  @Test
  void plan_shows_milestones_without_the_files_of_the_model() {
    assertThat(run("plan", "cost-sweep")).isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("lora_r8_qv@0.05 ").contains("lora_r8_qv ");
  }

  @Test
  void report_refuses_an_accuracy_that_is_not_a_percentage() {
    assertThat(run("report", "smoke", "--accuracy", "65,0,101")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("--accuracy: found 0.0, expected a percentage above 0 and up to 100");
  }

  @Test
  void an_unknown_suite_is_refused_with_the_known_suites() {
    assertThat(run("run", "smok")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("smok").contains("smoke");
  }

  @Test
  void an_unknown_command_and_a_missing_option_are_refused() {
    assertThat(run("trian")).isNotZero();
    assertThat(run("train", "--model", NANO)).isNotZero();
    assertThat(err.toString()).contains("trian").contains("--data");
  }

  @Test
  void a_budget_of_zero_is_refused_before_anything_is_written() {
    Path adapter = folder.resolve("adapter");
    assertThat(train("--usd", "0", adapter)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("$0").contains("raise");
    assertThat(adapter).doesNotExist();
  }

  @Test
  void a_budget_below_the_first_step_is_refused_before_anything_is_written() {
    Path adapter = folder.resolve("adapter");
    assertThat(train("--usd", "0.00000001", adapter)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("at least").contains("raise");
    assertThat(adapter).doesNotExist();
  }

  @Test
  void a_malformed_line_is_named_by_file_and_number() throws IOException {
    Path rows = folder.resolve("rows.jsonl");
    Files.writeString(
        rows, "{\"question\": \"is it\", \"passage\": \"It is.\", \"answer\": true}\n{oh\n");
    assertThat(run("evaluate", "--model", NANO, "--data", rows.toString()))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("rows.jsonl:2");
  }

  @Test
  void a_missing_model_is_named_with_what_was_looked_for() {
    assertThat(run("evaluate", "--model", folder + "/none", "--data", TEST_ITEMS))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("none").contains("config.json");
  }

  @Test
  void a_trained_adapter_is_written_in_pefts_layout_and_evaluated() throws IOException {
    Path rows = folder.resolve("rows.jsonl");
    Files.write(rows, Files.readAllLines(Path.of(TEST_ITEMS)).subList(0, 20));
    Path adapter = folder.resolve("adapter");
    assertThat(train("--steps", "2", adapter)).isEqualTo(BuckBench.OK);
    assertThat(adapter.resolve("adapter_config.json")).exists();
    assertThat(adapter.resolve("adapter_model.safetensors")).exists();
    assertThat(
            run("evaluate", "--model", NANO, "--adapter", adapter.toString(), "--data", rows + ""))
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .contains("2 steps")
        .contains("20 items: accuracy")
        .contains("0 passages cut")
        .containsPattern("commonest answers: \\d+ x '")
        .containsPattern("\\d+ wrong");
    Path answers = folder.resolve("answers.csv");
    assertThat(run("evaluate", "--model", NANO, "--data", rows + "", "--out", answers.toString()))
        .isEqualTo(BuckBench.OK);
    assertThat(Files.readAllLines(answers))
        .hasSizeGreaterThan(20)
        .startsWith("item,level,wanted,generated,correct");
    assertThat(train("--steps", "2", adapter)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("an adapter already");
  }

  private int train(String length, String value, Path adapter) {
    return run(
        "train",
        "--model",
        NANO,
        "--data",
        TEST_ITEMS,
        "--method",
        METHOD,
        length,
        value,
        "--seed",
        "1",
        "--out",
        adapter.toString());
  }
}
