package io.buckbench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import io.buckbench.checkpoint.Half;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.input.InvalidInputException;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Tensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen weights in the 16 bits that they were published in. */
class SixteenBitWeightsTest {
  @TempDir Path directory;

  static Stream<Architecture> models() {
    return Stream.of(TestModels.opt(), FamilyModels.of("gpt2"), FamilyModels.of("qwen2"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void frozen_weights_keep_every_bit_that_was_published_in_float16(Architecture model) {
    Map<String, float[]> values = drawn(model, SixteenBitWeightsTest::float16);
    try (CausalLM frozen = load(model, values, Precision.MIXED, true);
        CausalLM trained = load(model, values, Precision.MIXED, false)) {
      long halves = 0;
      for (Parameter weight : frozen.parameters()) {
        assertThat(Tensors.floats(weight.array()))
            .as(weight.name())
            .isEqualTo(values.get(weight.name()))
            .isEqualTo(Tensors.floats(trained.weight(weight.name())));
        halves += weight.array().getDataType() == DataType.FLOAT16 ? weight.array().size() : 0;
      }
      // All but norms.
      assertThat(halves).isGreaterThan(model.parameters() * 9 / 10);
      assertThat(trained.parameters())
          .allSatisfy(w -> assertThat(w.array().getDataType()).isEqualTo(DataType.FLOAT32));
    }
  }

  @Test
  void weights_published_in_bfloat16_keep_their_bits_down_to_the_smallest_normal_number() {
    Architecture model = FamilyModels.of("qwen2");
    Map<String, float[]> values = drawn(model, SixteenBitWeightsTest::bfloat16);
    String name = "model.layers.1.mlp.up_proj.weight";
    float[] few = values.get(name);
    few[0] = 65280;
    few[1] = 0x1.fep-14f;
    few[2] = 0x1p-14f;
    few[3] = 0x1.fep-15f;
    try (CausalLM frozen = load(model, values, Precision.MIXED, true)) {
      for (Parameter weight : frozen.parameters()) {
        float[] kept = Tensors.floats(weight.array());
        float[] published = values.get(weight.name());
        for (int i = 0; i < kept.length; i++) {
          boolean normal = Math.abs(published[i]) >= 0x1p-14;
          double off = Math.abs((double) kept[i] - published[i]);
          assertThat(off).as(weight.name()).isLessThanOrEqualTo(normal ? 0 : 0x1p-25);
        }
      }
    }
  }

  @Test
  void a_value_beyond_the_range_of_float16_is_refused_by_its_tensor() {
    Architecture model = FamilyModels.of("qwen2");
    Map<String, float[]> values = drawn(model, SixteenBitWeightsTest::bfloat16);
    String name = "model.layers.1.mlp.up_proj.weight";
    values.get(name)[3] = 0x1p17f;
    assertThatThrownBy(() -> load(model, values, Precision.MIXED, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "tensor " + name + ": found 1 value that is not finite in float16",
            "compute in float32");
    load(model, values, Precision.FLOAT32, true).close();
    load(model, values, Precision.MIXED, false).close();
  }

  private static float float16(float value) {
    return Half.toFloat(Half.fromFloat(value));
  }

  private static float bfloat16(float value) {
    return Float.intBitsToFloat(Float.floatToIntBits(value) & 0xFFFF0000);
  }

  /** Random weights with some values below float16's normal numbers, rounded to a type. */
  private static Map<String, float[]> drawn(Architecture model, UnaryOperator<Float> rounded) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (CausalLM drawn = CausalLM.random(model, 3)) {
      for (Parameter weight : drawn.parameters()) {
        float[] all = Tensors.floats(weight.array());
        for (int i = 0; i < all.length; i++) {
          all[i] = rounded.apply(i % 7 == 0 ? all[i] / 65536 : all[i]);
        }
        values.put(weight.name(), all);
      }
    }
    return values;
  }

  private CausalLM load(
      Architecture model, Map<String, float[]> values, Precision precision, boolean frozen) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (WeightSpec weight : model.weights()) {
      tensors.put(weight.name(), Safetensors.Tensor.of(weight.shape(), values.get(weight.name())));
    }
    Path file = directory.resolve("model.safetensors");
    Safetensors.write(file, tensors, Map.of());
    try (NamedTensors opened = Safetensors.read(file)) {
      return CausalLM.load(model, opened, precision, frozen);
    }
  }
}
