package io.buckbench.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.checkpoint.Checkpoint;
import io.buckbench.checkpoint.Half;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.findings.Hypotheses;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.NamePattern;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TinyProject;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.trial.TrialListener;
import io.buckbench.worker.WorkerCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rehearsal writes, and what it refuses before it writes. */
class RehearsalTest {
  private static final WorkerCount ONE = WorkerCount.parse("workers", "1");

  private static final Path TOKENIZER = Path.of("src/test/resources/parity/tokenizer");
  private static final NamePattern ALL = NamePattern.of("*");
  private static final long PLENTY = Long.MAX_VALUE;

  @TempDir Path root;

  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(root).row("lora", "max_tokens=500").write();
    TinyProject.fill(root);
    project.write("benchmarks/hypotheses.csv", String.join(",", Hypotheses.COLUMNS) + "\n");
    shape(320, true);
  }

  private void shape(int vocabulary, boolean before) {
    project.write(
        "benchmarks/shapes/tiny/config.json",
        """
        {"model_type": "opt", "activation_function": "relu", "do_layer_norm_before": %s,
         "ffn_dim": 24, "hidden_size": 16, "max_position_embeddings": 600, "prefix": "</s>",
         "num_attention_heads": 2, "num_hidden_layers": 2, "torch_dtype": "float16",
         "vocab_size": %d, "word_embed_proj_dim": %d}
        """
            .formatted(before, vocabulary, before ? 16 : 8));
  }

  private Rehearsal rehearsal(long seed, long freeBytes) {
    Problems problems = new Problems();
    Benchmarks benchmarks = Benchmarks.read(root, root.resolve("datasets"), problems);
    Suite suite = Suite.read(benchmarks.suiteFile("t"), benchmarks, problems);
    problems.throwIfAny();
    RehearsalOptions options =
        new RehearsalOptions(
            root.resolve("out"), TOKENIZER, root.resolve("datasets"), ALL, 2, 6, seed);
    return new Rehearsal(options, benchmarks, suite, folder -> freeBytes);
  }

  private void refused(Rehearsal rehearsal, String... says) {
    assertThatThrownBy(() -> rehearsal.check())
        .isInstanceOf(InvalidInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(says));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void the_model_has_the_published_layout_and_the_weights_of_its_seed(boolean before)
      throws IOException {
    shape(320, before);
    rehearsal(3, PLENTY).check();
    rehearsal(3, PLENTY).write(line -> {});
    Path model = root.resolve("out/models/tiny-random");
    Architecture config = Architecture.read(model);
    assertThat(model.resolve("config.json")).content().contains("\"prefix\": \"</s>\"");
    try (NamedTensors stored = Checkpoint.open(model);
        CausalLM drawn = CausalLM.random(config, 3);
        CausalLM loaded = CausalLM.load(model)) {
      assertThat(stored.names())
          .hasSize(config.weightShapes().size())
          .contains("decoder.embed_tokens.weight", "decoder.layers.1.self_attn.q_proj.bias")
          .doesNotContain("lm_head.weight", "decoder.version");
      assertThat(stored.names().contains("decoder.project_in.weight")).isEqualTo(!before);
      assertThat(stored.names().contains("decoder.final_layer_norm.weight")).isEqualTo(before);
      assertThat(stored.names()).allMatch(n -> stored.info(n).toString().startsWith("F16["));
      for (Parameter weight : drawn.parameters()) {
        float[] halves = Tensors.floats(weight.array());
        for (int i = 0; i < halves.length; i++) {
          halves[i] = Half.toFloat(Half.fromFloat(halves[i]));
        }
        assertThat(Tensors.floats(loaded.weight(weight.name())))
            .as(weight.name())
            .isEqualTo(halves);
      }
    }
    assertThat(root.resolve("out/models")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void a_full_disk_is_refused_with_the_needed_space() {
    refused(
        rehearsal(1, 8_000_000),
        "found 8 MB free on its disk, expected 9 MB for models and adapters");
    assertThat(root.resolve("out")).doesNotExist();
  }

  @Test
  void missing_hypotheses_are_reported_before_anything_is_written() throws IOException {
    Files.delete(root.resolve("benchmarks/hypotheses.csv"));
    refused(rehearsal(1, PLENTY), "hypotheses.csv: found no such file");
    assertThat(root.resolve("out")).doesNotExist();
  }

  @Test
  void a_shape_that_is_missing_or_too_small_for_the_tokenizer_is_refused() throws IOException {
    shape(312, true);
    refused(
        rehearsal(1, PLENTY),
        "parity/tokenizer: found a tokenizer with the id 312, expected ids below 312, the rows of",
        "use the model's own tokenizer");
    Files.delete(root.resolve("benchmarks/shapes/tiny/config.json"));
    refused(rehearsal(1, PLENTY), "found no config.json", "put the model's published config.json");
  }

  @Test
  void a_model_with_other_settings_and_a_damaged_one_are_not_overwritten() throws IOException {
    rehearsal(1, PLENTY).check();
    rehearsal(1, PLENTY).write(line -> {});
    rehearsal(1, PLENTY).check();
    refused(
        rehearsal(2, PLENTY),
        "REHEARSAL.txt: found other content",
        "name another --out, or delete");
    Path model = root.resolve("out/models/tiny-random");
    byte[] weights = Files.readAllBytes(model.resolve("pytorch_model.bin"));
    weights[weights.length / 2]++;
    Files.write(model.resolve("pytorch_model.bin"), weights);
    refused(rehearsal(1, PLENTY), "pytorch_model.bin: found sha256");
    Files.delete(model.resolve("REHEARSAL.txt"));
    refused(rehearsal(1, PLENTY), "a directory that is not from a rehearsal, perhaps a real model");
  }

  @Test
  void a_run_that_was_interrupted_while_writing_a_model_continues() throws IOException {
    rehearsal(1, PLENTY).check();
    rehearsal(1, PLENTY).write(line -> {});
    Path model = root.resolve("out/models/tiny-random");
    Path draft = root.resolve("out/models/.tiny-random.part");
    Files.move(model, draft);
    Files.delete(draft.resolve("SHA256SUMS"));
    rehearsal(1, PLENTY).check();
    rehearsal(1, PLENTY).write(line -> {});
    assertThat(draft).doesNotExist();
    rehearsal(1, PLENTY).check();
  }

  @Test
  void missing_results_of_a_trial_are_reported() throws IOException {
    Rehearsal rehearsal = rehearsal(1, PLENTY);
    rehearsal.check();
    rehearsal.write(line -> {});
    RehearsedTrial trial = rehearsal.run(ONE, TrialListener.NONE).get(0);
    Path report = root.resolve("no-report");
    assertThat(trial.missing(report))
        .allMatch(missing -> missing.startsWith(report.toString()))
        .hasSize(12);
    assertThat(trial.peakBytes()).isPresent();
    Files.delete(trial.folder().resolve("adapter/adapter_model.safetensors"));
    assertThat(trial.missing(report))
        .anyMatch(missing -> missing.contains("neither adapter_model.safetensors nor"));
  }

  @Test
  void rows_that_differ_only_in_the_price_are_trained_once_on_a_few_held_out_texts() {
    String metered = "clock=metered";
    String constant = "schedule=constant";
    project
        .onlyRow("lora", "max_tokens=500", metered, "usd=1", "throughput=", constant)
        .row(
            "dearer",
            "max_tokens=500",
            metered,
            "usd=1",
            "throughput=",
            constant,
            "price_card=l4-2023")
        .row("longer", "max_tokens=400", metered, "usd=1", "throughput=", constant)
        .write();
    Rehearsal rehearsal = rehearsal(1, PLENTY);
    rehearsal.check();
    rehearsal.write(line -> {});
    assertThat(rehearsal.sameTraining()).containsExactly(Map.entry("dearer", "lora"));
    assertThat(rehearsal.run(ONE, TrialListener.NONE))
        .extracting(trial -> trial.record().configuration())
        .containsExactly("lora", "longer");
    assertThat(root.resolve("out/benchmarks/datasets.csv"))
        .content()
        .contains("held_out_texts", "control-language,4\n");
  }

  @Test
  void milestones_are_rehearsed_too() {
    project
        .onlyRow(
            "lora",
            "max_tokens=500",
            "clock=metered",
            "usd=1",
            "throughput=",
            "schedule=constant",
            "milestones_usd=0.5")
        .write();
    Rehearsal rehearsal = rehearsal(1, PLENTY);
    rehearsal.check();
    rehearsal.write(line -> {});
    Path report = root.resolve("no-report");
    assertThat(rehearsal.run(ONE, TrialListener.NONE))
        .allMatch(trial -> trial.missing(report).size() == 12)
        .extracting(trial -> trial.record().configuration())
        .containsExactly("lora@0.5", "lora");
  }

  @Test
  void only_titles_of_rehearsals_contain_the_notice() {
    assertThat(Rehearsal.title("paper")).isEqualTo("paper");
    assertThat(Rehearsal.title(Rehearsal.name("paper"))).contains(Rehearsal.NOTICE);
  }
}
