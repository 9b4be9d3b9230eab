package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.rehearsal.Rehearsal;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command end to end: a model of two layers, in the published layout, with every method. */
class RehearseCommandTest {
  private static final Path TOKENIZER = Path.of("src/test/resources/parity/tokenizer");
  private static final String[] ROW = {
    "clock=metered", "usd=1", "throughput=", "schedule=constant", "max_tokens=500", "test_items=12"
  };

  @TempDir Path root;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path rehearsal;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    rehearsal = root.resolve("rehearsal");
    project = new ProjectFixture(root);
    project
        .untrained("untouched", "none", "clock=metered", "max_tokens=500")
        .untrained("yes", "all-yes", "clock=metered")
        .row("whole", with("method=full", "variant=full"))
        .row("lora", with("variant=r2_qv"))
        .row("prompt", with("method=prompt", "variant=p2"))
        .row("ptuning", with("method=ptuning", "variant=p2_h128"))
        .write()
        .write(
            "benchmarks/hypotheses.csv",
            """
            id,claim,suites,subject,reference,metric,by,margin,min_effect,sentence,declared,source
            h,at-most,t|smoke,configuration=untouched,,parse-rate,,5,0,It says nothing,2026-11-24,test
            other,at-most,smoke,configuration=untouched,,parse-rate,,5,0,Nor here,2026-11-24,test
            """)
        .write(
            "benchmarks/shapes/tiny/config.json",
            """
            {"model_type": "opt", "activation_function": "relu", "do_layer_norm_before": false,
             "dropout": 0.1, "ffn_dim": 24, "hidden_size": 16, "init_std": 0.02,
             "max_position_embeddings": 600, "num_attention_heads": 2, "num_hidden_layers": 2,
             "torch_dtype": "float16", "vocab_size": 320, "word_embed_proj_dim": 8}
            """);
    TinyProject.fill(root);
  }

  private static String[] with(String... changes) {
    return Stream.of(ROW, changes).flatMap(Stream::of).toArray(String[]::new);
  }

  private int rehearse(String testItems, String... options) {
    CommandLine line = BuckBench.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> args =
        Stream.concat(
                Stream.of(
                    "rehearse", "--project", root + "", "--suite", "t", "--test-items", testItems),
                Stream.of(options))
            .toList();
    return line.execute(args.toArray(String[]::new));
  }

  private int rehearseHere(String... options) {
    return rehearse(
        "6",
        Stream.concat(
                Stream.of("--out", rehearsal + "", "--tokenizer", TOKENIZER + ""),
                Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void every_trial_has_the_files_of_a_real_run_and_a_second_run_continues() throws IOException {
    assertThat(rehearseHere()).as(out + "\n" + err).isEqualTo(BuckBench.OK);
    Path model = rehearsal.resolve("models/tiny-random");
    assertThat(model)
        .isDirectoryContaining("glob:**/pytorch_model.bin")
        .isDirectoryContaining("glob:**/vocab.json")
        .isDirectoryContaining("glob:**/merges.txt");
    assertThat(model.resolve("REHEARSAL.txt")).content().contains(Rehearsal.NOTICE);
    assertThat(out.toString())
        .contains("wrote " + model)
        .containsPattern("(?m)^whole +\\d+ +2 .* 6 .*complete$")
        .containsPattern("(?m)^yes +0 +0 .* 6 .*complete$");

    List<RunRecord> records = new RunStore(rehearsal.resolve("target/runs")).read("t-rehearsal");
    assertThat(records)
        .hasSize(6)
        .allMatch(r -> r.seed() == 1)
        .allMatch(r -> r.declared().value("note").equals(Rehearsal.NOTICE))
        .noneMatch(r -> r.declared().model().equals("tiny"));
    RunRecord lora =
        records.stream().filter(r -> r.configuration().equals("lora")).findFirst().orElseThrow();
    assertThat(lora.steps()).hasSize(2);
    assertThat(lora.cost().arithmetic()).anyMatch(line -> line.contains("after 2 steps at most"));
    assertThat(rehearsal.resolve("target/runs/t-rehearsal/lora/seed-1/adapter/adapter_config.json"))
        .content()
        .contains("tiny-random");
    Path report = rehearsal.resolve("target/report/t-rehearsal");
    assertThat(report.resolve("summary.md")).content().startsWith("# t-rehearsal (rehearsal");
    assertThat(report.resolve("cost.svg")).content().contains(Rehearsal.NOTICE);
    assertThat(report.resolve("findings.csv"))
        .content()
        .contains("t-rehearsal,")
        .doesNotContain("other");

    FileTime written = Files.getLastModifiedTime(model.resolve("pytorch_model.bin"));
    out.getBuffer().setLength(0);
    Files.delete(report.resolve("cost.svg"));
    assertThat(rehearseHere()).as(err.toString()).isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .contains("already complete: " + model)
        .contains("t-rehearsal/lora seed 1")
        .contains("(from the run store)")
        .doesNotContain("wrote ");
    assertThat(Files.getLastModifiedTime(model.resolve("pytorch_model.bin"))).isEqualTo(written);
    assertThat(report.resolve("cost.svg")).exists();
  }

  @Test
  void a_trial_that_fails_is_named_and_fails_the_command() {
    project
        .onlyRow("wild", with("learning_rate=1e30", "warmup_steps=0", "clip_norm=0"))
        .row("tame", with())
        .write();
    assertThat(rehearseHere()).as(err.toString()).isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(out.toString())
        .containsPattern(
            "(?m)^wild .*MISSING: losses and gradients are finite: it diverged: .*; 1 of 2 steps")
        .containsPattern("(?m)^tame .*complete$");
    assertThat(rehearseHere("--only", "tame")).isEqualTo(BuckBench.OK);
  }

  @Test
  void a_directory_that_is_not_from_a_rehearsal_is_not_changed() throws IOException {
    Files.createDirectories(rehearsal);
    Files.writeString(rehearsal.resolve("pytorch_model.bin"), "real");
    assertThat(rehearseHere()).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains(rehearsal + "", "perhaps with a real model", "--out");
    assertThat(rehearsal).isDirectoryNotContaining("glob:**/benchmarks");
  }

  @Test
  void all_problems_are_reported_together_and_nothing_is_written() throws IOException {
    Path empty = Files.createDirectories(root.resolve("empty"));
    int code =
        rehearse(
            "0",
            "--out",
            rehearsal + "",
            "--tokenizer",
            empty + "",
            "--steps",
            "0",
            "--data-dir",
            empty + "");
    assertThat(code).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("--steps: found 0", "--test-items: found 0")
        .contains(empty + ": found no tokenizer, expected tokenizer.json, or vocab.json")
        .contains("train.jsonl");
    assertThat(rehearsal).doesNotExist();
  }
}
