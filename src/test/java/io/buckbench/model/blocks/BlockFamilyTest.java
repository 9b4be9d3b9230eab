package io.buckbench.model.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.FamilyModels;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Tensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations of the families as Transformers 4 and 5 write them, and their checkpoints. */
class BlockFamilyTest {
  @TempDir Path directory;

  private static Blueprint blueprint(Architecture model) {
    return ((BlockArchitecture) model).blueprint();
  }

  @Test
  void rotary_settings_of_transformers_4_and_5_are_the_same_model() {
    Map<String, Object> llama3 =
        Map.of(
            "rope_type",
            "llama3",
            "factor",
            8.0,
            "low_freq_factor",
            1.0,
            "high_freq_factor",
            4.0,
            "original_max_position_embeddings",
            16);
    Map<String, Object> whole = new LinkedHashMap<>(llama3);
    whole.put("rope_theta", 500000.0);
    Architecture four =
        FamilyModels.of(
            "llama", "rope_theta", 500000.0, "rope_scaling", llama3, "torch_dtype", "bfloat16");
    Architecture five = FamilyModels.of("llama", "rope_parameters", whole, "dtype", "bfloat16");
    assertThat(blueprint(four)).isEqualTo(blueprint(five));
    assertThat(four.toJson().has("torch_dtype")).isFalse();
    Architecture linear =
        FamilyModels.of("llama", "rope_scaling", Map.of("type", "linear", "factor", 2.0));
    assertThat(((Positions.Rotary) blueprint(linear).positions()).frequencies().scaling())
        .isEqualTo(new RotaryFrequencies.Scaling.Linear(2));
    Architecture pythia4 = FamilyModels.of("gpt_neox", "rotary_emb_base", 5000);
    Architecture pythia5 =
        FamilyModels.of(
            "gpt_neox",
            "rope_parameters",
            Map.of("rope_type", "default", "rope_theta", 5000, "partial_rotary_factor", 0.5));
    assertThat(blueprint(pythia4)).isEqualTo(blueprint(pythia5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          llama    | hidden_act                      | softsign | hidden_act: found "softsign"
          llama    | rope_scaling                    | yarn     | key rope_scaling.rope_type: found "yarn"
          llama    | quantization_config             | int8     | key quantization_config
          llama    | dtype                           | int8     | key dtype: found "int8"
          llama    | num_key_value_heads             | 3        | a divisor of 2
          llama    | eos_token_id                    | 48       | key eos_token_id: found 48
          qwen3    | head_dim                        | 7        | even number
          gpt2     | add_cross_attention             | true     | key add_cross_attention: found true
          gpt_neox | rotary_pct                      | 0.1      | rotated features
          mistral  | sliding_window                  | wide     | key sliding_window
          """)
  void an_unsupported_value_is_refused_by_its_key(
      String type, String key, String value, String message) {
    Object changed =
        switch (value) {
          case "yarn" -> Map.of("rope_type", "yarn", "factor", 2);
          case "true" -> true;
          default -> value.matches("[0-9]+") ? (Object) Integer.valueOf(value) : value;
        };
    Object typed = value.equals("0.1") ? (Object) 0.1 : changed;
    assertThatThrownBy(() -> FamilyModels.of(type, key, typed))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void an_unknown_rotary_key_is_refused() {
    assertThatThrownBy(() -> FamilyModels.of("llama", "rope_parameters", Map.of("beta_fast", 32)))
        .hasMessageContaining("key rope_parameters.beta_fast: found an unknown key");
  }

  @Test
  void windows_follow_the_keys_of_each_family() {
    assertThat(blueprint(FamilyModels.of("mistral")).windows()).containsExactly(4096, 4096);
    assertThat(blueprint(FamilyModels.of("mistral", "sliding_window", 5)).windows())
        .containsExactly(5, 5);
    assertThat(blueprint(FamilyModels.of("qwen2", "sliding_window", 5)).windows())
        .containsExactly(0, 0);
    Object[] on = {"sliding_window", 5, "use_sliding_window", true, "max_window_layers", 1};
    assertThat(blueprint(FamilyModels.of("qwen2", on)).windows()).containsExactly(0, 5);
    assertThat(
            blueprint(
                    FamilyModels.of(
                        "qwen3",
                        "sliding_window",
                        5,
                        "use_sliding_window",
                        true,
                        "layer_types",
                        List.of("sliding_attention", "full_attention")))
                .windows())
        .containsExactly(5, 0);
  }

  @Test
  void several_end_tokens_all_end_an_answer_and_the_first_pads_without_a_pad_token() {
    Architecture model =
        FamilyModels.without("pad_token_id", "llama", "eos_token_id", List.of(4, 7));
    assertThat(model.endTokens()).isEqualTo(Set.of(4L, 7L));
    assertThat(model.shape().padId()).isEqualTo(4);
  }

  static Stream<Architecture> models() {
    return FamilyModels.all().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_checkpoint_of_the_inner_model_and_one_with_old_buffers_are_read(Architecture model) {
    String prefix = model.storedNames().omittedPrefix();
    Map<String, Safetensors.Tensor> inner =
        saved(model, n -> n.startsWith(prefix) ? n.substring(prefix.length()) : n);
    for (String buffer : model.storedNames().ignored()) {
      inner.put("layers.0" + buffer, Safetensors.Tensor.of(new long[] {2}, 1, 2));
    }
    load(model, inner).close();
    inner.put("h.0.more", Safetensors.Tensor.of(new long[] {2}, 1, 2));
    assertThatThrownBy(() -> load(model, inner))
        .hasMessageContaining("tensor h.0.more: found [2], expected no such tensor");
  }

  @Test
  void the_former_name_of_a_head_is_read_and_a_weight_stored_twice_is_refused() {
    Architecture model = FamilyModels.of("gpt_neox");
    Map<String, Safetensors.Tensor> former =
        saved(model, n -> n.equals("lm_head.weight") ? "embed_out.weight" : n);
    try (CausalLM loaded = load(model, former);
        CausalLM drawn = CausalLM.random(model, 7)) {
      assertThat(Tensors.floats(loaded.weight("lm_head.weight")))
          .isEqualTo(Tensors.floats(drawn.weight("lm_head.weight")));
    }
    former.put("lm_head.weight", former.get("embed_out.weight"));
    assertThatThrownBy(() -> load(model, former)).hasMessageContaining("expected each weight once");
  }

  private CausalLM load(Architecture model, Map<String, Safetensors.Tensor> tensors) {
    Path file = directory.resolve("model.safetensors");
    Safetensors.write(file, tensors, Map.of());
    try (NamedTensors opened = Safetensors.read(file)) {
      return CausalLM.load(model, opened, Precision.FLOAT32, true);
    }
  }

  private static Map<String, Safetensors.Tensor> saved(
      Architecture model, UnaryOperator<String> name) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    try (CausalLM drawn = CausalLM.random(model, 7)) {
      for (Parameter p : drawn.parameters()) {
        tensors.put(
            name.apply(p.name()),
            Safetensors.Tensor.of(Tensors.shape(p.array()), Tensors.floats(p.array())));
      }
    }
    return tensors;
  }
}
