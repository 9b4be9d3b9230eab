package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Mistakes that are found before anything is trained: place, finding, expectation, remedy. */
class InputErrorsTest {
  private static final String NANO = "src/main/resources/opt-nano";
  private static final String ROW =
      "{\"question\": \"is it\", \"passage\": \"%s\", \"answer\": true}\n";

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = BuckBench.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  private Path data(String text) throws IOException {
    return Files.writeString(dir.resolve("rows.jsonl"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "--batch-size, 0",
    "--batch-size, -3",
    "--max-tokens, 0",
  })
  void numbers_that_are_too_small_are_refused(String option, String value) throws IOException {
    String rows = data(ROW.formatted("It is.")).toString();
    assertThat(run("evaluate", "--model", NANO, "--data", rows, option, value))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(train(rows, dir.resolve("out"), option, value)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString().lines())
        .containsExactly(
            "error: " + option + ": found " + value + ", expected at least 1; raise it",
            "error: " + option + ": found " + value + ", expected at least 1; raise it");
  }

  private int train(String data, Path out, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "--model", NANO, "--data", data, "--steps", "1", "--seed", "1"));
    words.addAll(List.of("--method", "benchmarks/methods/ia3/default.json", "--out", out + ""));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  @Test
  void no_seeds_are_refused() {
    assertThat(run("run", "smoke", "--seeds", "0")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .isEqualTo(
            "error: --seeds: found '0', expected a whole number of at least 1; correct it\n");
  }

  @Test
  void a_directory_as_data_and_a_missing_model_are_refused() {
    assertThat(run("evaluate", "--model", NANO, "--data", dir.toString()))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains(dir + ": found a directory, expected a file of rows;");
    assertThat(run("evaluate", "--model", dir + "/none", "--data", "datasets/control/test.jsonl"))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(train("datasets/control/test.jsonl", dir.resolve("o"), "--model", dir + "/none"))
        .isNotEqualTo(BuckBench.OK);
    assertThat(err.toString()).contains("none/config.json: found no such file");
  }

  @Test
  void an_output_folder_that_cannot_be_made_is_found_before_training() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThat(train(data(ROW.formatted("It is.")) + "", file.resolve("adapter")))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(run("simulate", "--replicates", "100", "--out", file + "/page.md"))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString().lines())
        .containsExactly(
            "error: --out: found '"
                + file.resolve("adapter")
                + "', below "
                + file
                + ", which is a file, expected a folder that can be made and written to; name"
                + " another one, or make room for it",
            "error: --out: found '"
                + file
                + "', below "
                + file
                + ", which is a file, expected a folder that can be made and written to; name"
                + " another one, or make room for it");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_row_that_is_longer_than_the_model_is_named_before_training() throws IOException {
    String rows =
        data(ROW.formatted("It is.") + ROW.formatted("the cat sat ".repeat(200).strip())) + "";
    assertThat(train(rows, dir.resolve("adapter"), "--max-tokens", "600"))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(run("evaluate", "--model", NANO, "--data", rows, "--max-tokens", "600"))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.startsWith("error: " + rows + ", rows.jsonl:2: found ")
                    && line.contains(" positions: ")
                    && line.contains("lower --max-tokens to "));
    assertThat(dir.resolve("adapter")).doesNotExist();
  }

  @Test
  void choose_without_any_record_says_one_line() throws IOException {
    String runs = System.setProperty("buckbench.runs", dir.toString());
    try {
      assertThat(run("choose", "smoke-rates")).isEqualTo(BuckBench.INVALID_INPUT);
    } finally {
      restore("buckbench.runs", runs);
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "error: "
                + dir
                + ": found no record of the grids of smoke-rates, expected answers of their 112"
                + " trials; run smoke-rates");
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  @Test
  void plan_refuses_what_run_would_refuse() throws IOException {
    TinyProject.fill(dir);
    new ProjectFixture(dir).row("a", "max_tokens=900").write();
    String project = dir.toString();
    assertThat(run("plan", "t", "--project", project)).isEqualTo(BuckBench.INVALID_INPUT);
    String planned = err.toString();
    err.getBuffer().setLength(0);
    assertThat(run("run", "t", "--project", project)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(planned)
        .contains("benchmarks/t.csv:2 column max_tokens: found 900 tokens")
        .contains("lower max_tokens");
    assertThat(err.toString())
        .contains("benchmarks/t.csv:2 column max_tokens: 900 tokens, 0 virtual");
    assertThat(dir.resolve("target")).doesNotExist();
  }

  @Test
  void a_suite_that_is_priced_for_a_gpu_is_run_on_a_cpu_only_if_that_is_meant() throws IOException {
    TinyProject.fill(dir);
    new ProjectFixture(dir)
        .row("a", "price_card=gcp-t4", "usd=0.1", "clock=metered", "schedule=constant")
        .write();
    String device = System.setProperty("buckbench.device", "cpu");
    try {
      assertThat(run("run", "t", "--project", dir.toString())).isEqualTo(BuckBench.INVALID_INPUT);
      assertThat(err.toString())
          .contains("preflight, price card: found gcp-t4 is for T4, this is CPU ")
          .contains("or here with --anyway");
      System.clearProperty("buckbench.device");
      assertThat(run("preflight", "t", "--project", dir.toString()))
          .isEqualTo(BuckBench.INVALID_INPUT);
      assertThat(out.toString())
          .as("it looks for the GPU of the price card")
          .contains("no NVIDIA driver")
          .contains("--anyway");
    } finally {
      restore("buckbench.device", device);
    }
    assertThat(dir.resolve("target")).doesNotExist();
  }

  @Test
  void plan_says_whether_a_row_fits_a_gpu_that_one_does_not_own() throws IOException {
    TinyProject.fill(dir);
    new ProjectFixture(dir).row("a").write();
    assertThat(run("plan", "t", "--project", dir.toString(), "--card", "gcp-t4"))
        .as(err.toString())
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString()).containsPattern("\na +1 .* 1[.]0\\d +yes +");
    assertThat(run("plan", "paper", "--card", "gcp-t4", "--data-dir", dir.toString()))
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .as("the shape is read from benchmarks/shapes")
        .containsPattern("full-fine-tune .* \\d[.]\\d\\d +yes +");
  }
}
