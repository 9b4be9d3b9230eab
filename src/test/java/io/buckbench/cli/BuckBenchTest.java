package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a user sees: exit codes, and errors that say where, what, what was expected, what to do. */
class BuckBenchTest {
  private static final String NANO = "src/main/resources/opt-nano";
  private static final String TEST_ROWS = "datasets/control/test.jsonl";
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
  void plan_spends_nothing_and_names_every_row() {
    assertThat(run("plan", "smoke")).isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("lora_r16_all").contains("total");
  }

  @Test
  void preflight_of_the_shipped_suite_passes_on_a_cpu() {
    assertThat(run("preflight", "smoke")).isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("not needed").contains("preflight of smoke: ");
  }

  @Test
  void where_a_gpu_is_asked_for_in_vain_nothing_is_run() {
    assumeTrue(CudaUtils.getGpuCount() == 0, "this machine has a GPU");
    String before = System.setProperty("buckbench.device", "gpu");
    String runs = System.setProperty("buckbench.runs", folder.resolve("runs").toString());
    try {
      assertThat(run("preflight", "smoke")).isEqualTo(BuckBench.INVALID_INPUT);
      assertThat(out.toString()).contains("nothing was trained, nothing was spent");
      assertThat(run("run", "smoke")).isEqualTo(BuckBench.INVALID_INPUT);
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
  void plan_prints_points_in_a_locale_of_commas() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(run("plan", "smoke")).isEqualTo(BuckBench.OK);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(out.toString()).contains("0.0").doesNotContain(",");
  }

  @Test
  void an_unknown_suite_is_named_with_those_there_are() {
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
    assertThat(run("evaluate", "--model", folder + "/none", "--data", TEST_ROWS))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("none").contains("tokenizer.json");
  }

  @Test
  void a_trained_adapter_is_written_in_pefts_layout_and_evaluated() throws IOException {
    Path rows = folder.resolve("rows.jsonl");
    Files.write(rows, Files.readAllLines(Path.of(TEST_ROWS)).subList(0, 20));
    Path adapter = folder.resolve("adapter");
    assertThat(train("--steps", "2", adapter)).isEqualTo(BuckBench.OK);
    assertThat(adapter.resolve("adapter_config.json")).exists();
    assertThat(adapter.resolve("adapter_model.safetensors")).exists();
    assertThat(
            run("evaluate", "--model", NANO, "--adapter", adapter.toString(), "--data", rows + ""))
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("2 steps").contains("20 rows: accuracy");
    assertThat(train("--steps", "2", adapter)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("an adapter already");
  }

  private int train(String length, String value, Path adapter) {
    return run(
        "train",
        "--model",
        NANO,
        "--data",
        TEST_ROWS,
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
