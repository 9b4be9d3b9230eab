package io.buckbench.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.data.TokenBatch;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.lora.LoraConfig;
import io.buckbench.peft.prompt.PromptConfig;
import io.buckbench.peft.ptuning.PtuningConfig;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterDirectoryTest {
  private static final Path PARITY = Path.of("src", "test", "resources", "parity", "A");

  @TempDir Path directory;
  private CausalLM base;

  @BeforeEach
  void makeBase() {
    base = CausalLM.random(Shapes.TINY_BEFORE, 11);
  }

  @AfterEach
  void closeBase() {
    base.close();
  }

  @Test
  void file_names_and_tensors_are_those_of_peft() throws IOException {
    save(LoraConfig.defaults());
    try (NamedTensors tensors = Safetensors.read(directory.resolve("adapter_model.safetensors"))) {
      assertThat(new TreeSet<>(tensors.names()))
          .contains(
              "base_model.model.model.decoder.layers.0.self_attn.q_proj.lora_A.weight",
              "base_model.model.model.decoder.layers.1.self_attn.v_proj.lora_B.weight")
          .hasSize(8);
      assertThat(tensors.metadata()).containsEntry("format", "pt");
    }
    JsonNode config =
        new ObjectMapper().readTree(directory.resolve("adapter_config.json").toFile());
    assertThat(config.get("peft_type").asText()).isEqualTo("LORA");
    assertThat(config.get("base_model_name_or_path").asText()).isEqualTo("tiny");
    assertThat(config.get("task_type").asText()).isEqualTo("CAUSAL_LM");
    assertThat(config.get("target_modules").toString()).isEqualTo("[\"q_proj\",\"v_proj\"]");
  }

  @Test
  void a_pickle_from_peft_gives_the_same_adapter_as_safetensors() throws IOException {
    Path model = PARITY.resolve("model");
    for (String method : new String[] {"lora_all_r2", "ia3_default", "prefix_5", "prompt_5"}) {
      Path saved = PARITY.resolve(method).resolve("adapter_final");
      Path pickled = Files.createDirectories(directory.resolve(method));
      for (String file : new String[] {"adapter_config.json", "adapter_model.bin"}) {
        Files.copy(saved.resolve(file), pickled.resolve(file));
      }
      try (CausalLM opt = CausalLM.load(model);
          Adapter one = AdapterDirectory.load(saved, opt);
          Adapter other = AdapterDirectory.load(pickled, opt)) {
        assertThat(one.saved()).isNotEmpty();
        one.saved()
            .forEach((n, t) -> assertThat(other.saved().get(n).data()).as(n).isEqualTo(t.data()));
      }
    }
  }

  @Test
  void an_adapter_of_another_shape_is_refused_before_any_array_is_created() {
    save(LoraConfig.defaults());
    int alive = Torch.liveArrays();
    try (CausalLM wider = CausalLM.load(PARITY.resolve("model"))) {
      int withBase = Torch.liveArrays();
      assertThatThrownBy(() -> AdapterDirectory.load(directory, wider))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("layers.0.self_attn.q_proj.lora_A.weight")
          .hasMessageContaining("found [8, 16], expected [8, 32]");
      assertThat(Torch.liveArrays()).isEqualTo(withBase);
    }
    assertThat(Torch.liveArrays()).isEqualTo(alive);
  }

  @Test
  void settings_of_another_shape_are_reported_with_their_file() {
    save(PromptConfig.random(4));
    try (CausalLM narrow = CausalLM.random(Shapes.TINY_AFTER, 11)) {
      assertThatThrownBy(() -> AdapterDirectory.load(directory, narrow))
          .hasMessageContaining("adapter_config.json key token_dim: found 16, expected 8");
    }
  }

  @Test
  void all_missing_and_unexpected_tensors_are_reported() {
    save(LoraConfig.defaults());
    Path file = directory.resolve("adapter_model.safetensors");
    Map<String, Safetensors.Tensor> kept = new LinkedHashMap<>();
    String gone = "base_model.model.model.decoder.layers.0.self_attn.q_proj.lora_B.weight";
    try (NamedTensors tensors = Safetensors.read(file)) {
      for (String name : tensors.names()) {
        if (!name.equals(gone)) {
          kept.put(name, Safetensors.Tensor.of(tensors.info(name).shape(), tensors.floats(name)));
        }
      }
    }
    kept.put("lm_head.weight", Safetensors.Tensor.of(new long[] {1}, 1f));
    Safetensors.write(file, kept, Map.of());
    assertThatThrownBy(() -> AdapterDirectory.load(directory, base))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(gone + ": found nothing, expected [16, 8]")
        .hasMessageContaining("tensor lm_head.weight: found [1], expected no such tensor")
        .hasMessageContaining("use a complete adapter that was made for this base model");
  }

  @Test
  void a_directory_without_tensors_is_refused_with_the_expected_file_names() throws IOException {
    save(LoraConfig.defaults());
    Files.delete(directory.resolve("adapter_model.safetensors"));
    assertThatThrownBy(() -> AdapterDirectory.load(directory, base))
        .hasMessageContaining(
            "found neither adapter_model.safetensors nor adapter_model.bin, expected");
  }

  @Test
  void saving_over_another_adapter_removes_its_files() {
    save(new PtuningConfig(PromptLearning.of(3), OptionalInt.of(6)));
    assertThat(directory.resolve("prompt_encoder.safetensors")).exists();
    save(LoraConfig.defaults());
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("adapter_config.json", "adapter_model.safetensors");
  }

  @Test
  void an_encoder_that_did_not_compute_the_saved_tensors_is_not_used() throws IOException {
    save(new PtuningConfig(PromptLearning.of(3), OptionalInt.of(6)));
    // As PEFT's save_pretrained does, which leaves our file of the encoder.
    float[] rows = new float[3 * 16];
    Arrays.fill(rows, 0.25f);
    Map<String, Safetensors.Tensor> later =
        Map.of("prompt_embeddings", Safetensors.Tensor.of(new long[] {3, 16}, rows));
    Safetensors.write(directory.resolve("adapter_model.safetensors"), later, Map.of());
    try (Adapter adapter = AdapterDirectory.load(directory, base)) {
      assertThat(adapter.parameters()).isEmpty();
      assertThat(adapter.saved().get("prompt_embeddings").data())
          .isEqualTo(later.get("prompt_embeddings").data());
    }
  }

  @Test
  void two_adapters_in_one_directory_are_refused() throws IOException {
    Path saved = PARITY.resolve("lora_qv_r4").resolve("adapter_final");
    Files.copy(saved.resolve("adapter_config.json"), directory.resolve("adapter_config.json"));
    Files.copy(saved.resolve("adapter_model.bin"), directory.resolve("adapter_model.bin"));
    Files.copy(
        PARITY.resolve("lora_qv_r4/adapter_init/adapter_model.safetensors"),
        directory.resolve("adapter_model.safetensors"));
    try (CausalLM opt = CausalLM.load(PARITY.resolve("model"))) {
      assertThatThrownBy(() -> AdapterDirectory.load(directory, opt))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("with different tensors, expected one adapter");
    }
  }

  @Test
  void a_copy_of_a_base_weight_that_peft_saves_must_be_this_model_s() {
    save(LoraConfig.of(2, 4, 0, Optional.of(TargetModules.named(List.of("lm_head", "q_proj")))));
    Path file = directory.resolve("adapter_model.safetensors");
    String name = "base_model.model.lm_head.base_layer.weight";
    add(file, name, Tensors.floats(base.tokenEmbedding()));
    AdapterDirectory.load(directory, base).close();
    float[] other = Tensors.floats(base.tokenEmbedding());
    other[5]++;
    add(file, name, other);
    assertThatThrownBy(() -> AdapterDirectory.load(directory, base))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("other values than the base model's");
  }

  @Test
  void dora_on_a_row_of_zeros_is_refused_since_its_length_divides() throws IOException {
    // The padding token's row of a fresh embedding is zero, and the head is tied to it.
    Path file = directory.resolve("dora.json");
    Files.writeString(
        file, "{\"peft_type\": \"LORA\", \"use_dora\": true, \"target_modules\": [\"lm_head\"]}");
    int alive = Torch.liveArrays();
    assertThatThrownBy(() -> MethodConfig.read(file).attach(base, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("use_dora: found a row of zeros in the weight of lm_head");
    assertThat(Torch.liveArrays()).isEqualTo(alive);
  }

  private static void add(Path file, String added, float[] values) {
    Map<String, Safetensors.Tensor> all = new LinkedHashMap<>();
    try (NamedTensors tensors = Safetensors.read(file)) {
      for (String name : tensors.names()) {
        all.put(name, Safetensors.Tensor.of(tensors.info(name).shape(), tensors.floats(name)));
      }
    }
    all.put(added, Safetensors.Tensor.of(new long[] {48, 16}, values));
    Safetensors.write(file, all, Map.of());
  }

  @Test
  void an_adapter_without_its_encoder_predicts_the_same_but_has_no_parameters() throws IOException {
    float[] before = save(new PtuningConfig(PromptLearning.of(3), OptionalInt.of(6)));
    Files.delete(directory.resolve("prompt_encoder.safetensors"));
    try (Adapter adapter = AdapterDirectory.load(directory, base)) {
      assertThat(adapter.parameters()).isEmpty();
      assertThat(logits(adapter)).isEqualTo(before);
    }
  }

  @Test
  void initialisation_from_text_copies_token_embeddings_truncated_or_repeated() {
    PromptConfig config =
        new PromptConfig(
            PromptLearning.of(5),
            PromptConfig.Init.TEXT,
            Optional.of("any text"),
            Optional.of("tiny"));
    float[] table = Tensors.floats(base.tokenEmbedding());
    try (Adapter adapter = config.attach(base, 0, text -> new long[] {2, 9, 7})) {
      float[] rows = Tensors.floats(adapter.parameters().get(0).array());
      long[] expected = {2, 9, 7, 2, 9};
      for (int i = 0; i < rows.length; i++) {
        assertThat(rows[i]).isEqualTo(table[(int) expected[i / 16] * 16 + i % 16]);
      }
    }
    assertThatThrownBy(() -> config.attach(base, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found TEXT without a tokenizer");
  }

  @Test
  void closing_frees_every_array() {
    save(LoraConfig.defaults()); // the first pass creates the base model's mask, which is kept
    int alive = Torch.liveArrays();
    save(new PtuningConfig(PromptLearning.of(3), OptionalInt.of(6)));
    try (Adapter adapter = AdapterDirectory.load(directory, base)) {
      logits(adapter);
    }
    assertThat(Torch.liveArrays()).isEqualTo(alive);
  }

  private float[] save(MethodConfig config) {
    try (Adapter adapter = config.attach(base, 3)) {
      AdapterDirectory.save(directory, adapter, base.architecture(), "tiny");
      return logits(adapter);
    }
  }

  private float[] logits(Adapter adapter) {
    TokenBatch batch =
        new TokenBatch(new long[][] {{2, 5, 9, 4}}, new long[][] {{1, 1, 1, 1}}, new long[][] {{}});
    try (NDManager step = Torch.newManager()) {
      return Tensors.floats(base.logits(step, batch, adapter.seams()));
    }
  }
}
