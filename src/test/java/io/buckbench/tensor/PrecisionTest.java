package io.buckbench.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.buckbench.checkpoint.Half;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // modes are used only for their close()
class PrecisionTest {
  @Test
  void float16_conversion_in_java_equals_pytorchs() {
    float[] values = new float[4000];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.scalb(1.0, random.nextInt(-30, 18)));
    }
    values[0] = 65520; // the smallest value that float16 rounds to infinity
    values[1] = -65519;
    values[2] = 0x1p-25f;
    values[3] = 0x1p-24f;
    try (NDManager manager = Torch.newManager();
        GradMode on = GradMode.on()) {
      NDArray half = Ops.as(Tensors.of(manager, values, 40, 100), DataType.FLOAT16);
      assertThat(half.getDataType()).isEqualTo(DataType.FLOAT16);
      assertThat(half.getShape().getShape()).containsExactly(40, 100);
      float[] back = Tensors.floats(Ops.as(half, DataType.FLOAT32));
      int wrong = 0;
      for (int i = 0; i < values.length; i++) {
        // Not by equals, since widening loses the sign of zero.
        wrong += back[i] == Half.toFloat(Half.fromFloat(values[i])) ? 0 : 1;
        wrong +=
            Tensors.floats(Ops.slice(Ops.reshape(half, -1), 0, i, i + 1))[0] == back[i] ? 0 : 1;
      }
      assertThat(wrong).isZero();
    }
  }

  @Test
  void gradients_pass_through_both_casts_which_round_them() {
    try (NDManager manager = Torch.newManager();
        GradMode on = GradMode.on()) {
      NDArray x = Tensors.of(manager, new float[] {1, -2, 3, 0.5f}, 2, 2);
      NDArray slope = Tensors.of(manager, new float[] {1.0001f, 2, -3, 7}, 2, 2);
      x.setRequiresGradient(true);
      NDArray y = Ops.mul(Ops.as(Ops.as(x, DataType.FLOAT16), DataType.FLOAT32), slope);
      Autograd.backward(Ops.sum(y), 1);
      NDArray gradient = Autograd.gradient(x).orElseThrow();
      assertThat(gradient.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(Tensors.floats(gradient)).containsExactly(1, 2, -3, 7);
    }
  }

  @Test
  void a_gradient_that_float16_cannot_hold_arrives_only_if_the_loss_is_scaled() {
    for (float scale : new float[] {1, 65536}) {
      try (NDManager manager = Torch.newManager();
          GradMode on = GradMode.on()) {
        NDArray x = Tensors.of(manager, new float[] {1, 2}, 1, 2);
        x.setRequiresGradient(true);
        Autograd.backward(
            Ops.sum(Ops.as(Ops.as(x, DataType.FLOAT16), DataType.FLOAT32)), 1e-9f * scale);
        float[] gradient = Tensors.floats(Autograd.gradient(x).orElseThrow());
        assertThat(gradient[0] / scale).isCloseTo(scale == 1 ? 0 : 1e-9f, within(1e-12f));
      }
    }
  }

  @Test
  void mixed_products_round_operands_and_result_and_add_the_bias_before_rounding() {
    float tiny = 0x1p-12f; // 1 + tiny is 1 in float16
    try (NDManager manager = Torch.newManager();
        GradMode off = GradMode.off()) {
      NDArray x = Tensors.of(manager, new float[] {1 + tiny, tiny}, 1, 2);
      NDArray w = Tensors.of(manager, DataType.FLOAT16, new float[] {1, 2}, 1, 2);
      NDArray b = Tensors.of(manager, new float[] {3 * tiny}, 1);
      NDArray y = Precision.MIXED.linear(x, w, b);
      assertThat(y.getDataType()).isEqualTo(DataType.FLOAT16);
      // 1 + 2 tiny + 3 tiny rounds to 1 + 4 tiny; rounded after each sum it would be 1 + 4 tiny
      // too,
      // but 1 + 2 tiny alone is a tie that rounds to 1.
      assertThat(Tensors.floats(y)).containsExactly(1 + 4 * tiny);
      assertThat(Tensors.floats(Precision.MIXED.linear(x, w, null))).containsExactly(1);
    }
  }

  @Test
  void frozen_matrices_are_float16_and_trained_ones_stay_float32() {
    assertThat(Precision.MIXED.weightType(true)).isEqualTo(DataType.FLOAT16);
    assertThat(Precision.MIXED.weightType(false)).isEqualTo(DataType.FLOAT32);
    assertThat(Precision.FLOAT32.weightType(true)).isEqualTo(DataType.FLOAT32);
  }
}
