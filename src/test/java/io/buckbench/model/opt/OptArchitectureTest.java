package io.buckbench.model.opt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.TestModels;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid model directories, and the problems of invalid ones. */
class OptArchitectureTest {
  private static final Path PARITY = Path.of("src", "test", "resources", "parity");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void both_kinds_are_read_and_written_back(String shape) throws IOException {
    OptArchitecture config =
        (OptArchitecture) Architecture.read(PARITY.resolve(shape).resolve("model"));
    assertThat(config.layerNormBefore()).isEqualTo(shape.equals("A"));
    assertThat(config.finalLayerNorm()).isEqualTo(shape.equals("A"));
    assertThat(config.linearModules().size() % 6 == 2).isEqualTo(shape.equals("B"));
    assertThat(read(config.toJson().toString())).isEqualTo(config);
  }

  @Test
  void another_model_type_is_refused() {
    assertThatThrownBy(() -> read("{\"model_type\": \"gptj\"}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model_type: found \"gptj\", expected \"bloom\"");
  }

  @Test
  void all_missing_and_unsupported_keys_are_reported_together() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"model_type\":\"opt\",\"hidden_size\":\"wide\",\"vocab_size\":9,"
                        + "\"activation_function\":\"softsign\",\"num_attention_heads\":2,"
                        + "\"max_position_embeddings\":8,\"ffn_dim\":4}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("hidden_size: found \"wide\"")
        .hasMessageContaining("activation_function: found \"softsign\", expected one of relu")
        .hasMessageContaining("num_hidden_layers: found nothing");
  }

  @Test
  void all_impossible_sizes_are_reported_together() {
    assertThatThrownBy(
            () ->
                TestModels.opt(
                    "num_hidden_layers",
                    0,
                    "num_attention_heads",
                    3,
                    "dropout",
                    1,
                    "eos_token_id",
                    50))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("num_hidden_layers")
        .hasMessageContaining("a divisor of 16")
        .hasMessageContaining("dropout")
        .hasMessageContaining("eos_token_id");
  }

  @Test
  void a_missing_directory_is_refused() {
    assertThatThrownBy(() -> CausalLM.load(directory.resolve("nowhere")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void a_saved_model_loads_bit_equal_or_rounded_to_float16() {
    try (CausalLM model = CausalLM.random(TestModels.optAfter(), 7)) {
      model.save(directory, false);
      try (CausalLM loaded = CausalLM.load(directory)) {
        assertThat(loaded.architecture()).isEqualTo(model.architecture());
        for (int i = 0; i < model.parameters().size(); i++) {
          Parameter ours = model.parameters().get(i);
          Parameter theirs = loaded.parameters().get(i);
          assertThat(theirs.name()).isEqualTo(ours.name());
          assertThat(Tensors.floats(theirs.array())).isEqualTo(Tensors.floats(ours.array()));
        }
      }
      model.save(directory.resolve("half"), true);
      try (CausalLM loaded = CausalLM.load(directory.resolve("half"))) {
        float[] exact = Tensors.floats(model.tokenEmbedding());
        float[] half = Tensors.floats(loaded.tokenEmbedding());
        for (int i = 0; i < exact.length; i++) {
          assertThat(Math.abs(half[i] - exact[i]))
              .isLessThanOrEqualTo(Math.abs(exact[i]) / 2048 + 1e-7f);
        }
      }
    }
  }

  @Test
  void all_missing_unexpected_and_misshapen_tensors_are_reported_together() {
    Map<String, Safetensors.Tensor> tensors = saved("");
    tensors.remove("model.decoder.embed_positions.weight");
    tensors.put("model.decoder.layers.9.fc1.bias", Safetensors.Tensor.of(new long[] {1}, 1));
    tensors.put("model.decoder.layers.0.fc1.bias", Safetensors.Tensor.of(new long[] {2}, 1, 2));
    assertThatThrownBy(() -> load(tensors))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("embed_positions.weight: found nothing, expected [34, 16]")
        .hasMessageContaining("layers.9.fc1.bias: found [1], expected no such tensor")
        .hasMessageContaining("layers.0.fc1.bias: found [2], expected [24]");
  }

  @Test
  void names_without_prefix_and_a_tied_head_are_accepted() {
    Map<String, Safetensors.Tensor> tensors = saved("model.");
    try (CausalLM loaded = load(tensors)) {
      assertThat(loaded.parameters().get(0).name()).isEqualTo("model.decoder.embed_tokens.weight");
    }
    Map<String, Safetensors.Tensor> tied = saved("");
    tied.put("lm_head.weight", tied.get("model.decoder.embed_tokens.weight"));
    load(tied).close();
  }

  @Test
  void a_head_that_differs_from_the_embedding_is_refused() {
    Map<String, Safetensors.Tensor> tensors = saved("");
    tensors.put("lm_head.weight", Safetensors.Tensor.of(new long[] {50, 16}, new float[800]));
    assertThatThrownBy(() -> load(tensors))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "lm_head.weight: found other values than in model.decoder.embed_tokens.weight");
  }

  private Architecture read(String json) throws IOException {
    Files.writeString(directory.resolve("config.json"), json);
    return Architecture.read(directory);
  }

  private CausalLM load(Map<String, Safetensors.Tensor> tensors) {
    Path file = directory.resolve("changed.safetensors");
    Safetensors.write(file, tensors, Map.of());
    try (NamedTensors opened = Safetensors.read(file)) {
      return CausalLM.load(TestModels.opt(), opened, Precision.FLOAT32, true);
    }
  }

  /** A model's tensors, with a prefix removed from their names. */
  private static Map<String, Safetensors.Tensor> saved(String cut) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    try (CausalLM model = CausalLM.random(TestModels.opt(), 7)) {
      for (Parameter parameter : model.parameters()) {
        tensors.put(
            parameter.name().substring(cut.length()),
            Safetensors.Tensor.of(
                Tensors.shape(parameter.array()), Tensors.floats(parameter.array())));
      }
    }
    return tensors;
  }
}
