package io.buckbench.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.buckbench.input.InvalidInputException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TensorsTest {
  @Test
  void values_are_read_back_unchanged() {
    try (NDManager manager = Torch.newManager()) {
      NDArray first = Tensors.of(manager, new float[] {1, -2, Float.MIN_VALUE, 4, 5, 6}, 2, 3);
      NDArray second = Tensors.of(manager, new long[] {Long.MIN_VALUE, 7}, 2);
      assertThat(Tensors.floats(first)).containsExactly(1, -2, Float.MIN_VALUE, 4, 5, 6);
      assertThat(Tensors.shape(first)).containsExactly(2, 3);
      assertThat(Tensors.longs(second)).containsExactly(Long.MIN_VALUE, 7);
      assertThat(Tensors.scalar(Tensors.scalar(manager, 2.5f))).isEqualTo(2.5f);
    }
  }

  @Test
  void an_array_made_of_pieces_has_every_value_once() {
    try (NDManager manager = Torch.newManager()) {
      int elements = 600_001;
      NDArray array =
          Tensors.of(
              manager,
              DataType.FLOAT32,
              (from, piece) -> {
                int count = (int) Math.min(piece.length, elements - from);
                for (int i = 0; i < count; i++) {
                  piece[i] = from + i;
                }
                return count;
              },
              elements);
      float[] values = Tensors.floats(array);
      for (int i = 0; i < elements; i++) {
        assertThat(values[i]).isEqualTo(i);
      }
    }
  }

  @Test
  void an_array_can_be_larger_than_the_staging_buffer() {
    float[] values = new float[400_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    try (NDManager manager = Torch.newManager()) {
      assertThat(Tensors.floats(Tensors.of(manager, values, 400, 1000))).isEqualTo(values);
    }
  }

  @Test
  void reading_a_view_that_is_not_row_major_leaves_no_copy() {
    try (NDManager manager = Torch.newManager()) {
      NDArray view = Ops.transpose(Tensors.of(manager, new float[] {1, 2, 3, 4, 5, 6}, 2, 3), 0, 1);
      int before = Torch.liveArrays();
      assertThat(Tensors.floats(view)).containsExactly(1, 4, 2, 5, 3, 6);
      assertThat(Torch.liveArrays()).isEqualTo(before);
    }
  }

  @Test
  void values_that_do_not_fill_the_shape_are_refused() {
    try (NDManager manager = Torch.newManager()) {
      assertThatThrownBy(() -> Tensors.of(manager, new float[5], 2, 3))
          .hasMessageContaining("5 values do not fill the shape (2, 3)");
    }
  }

  @Test
  void copy_into_overwrites_a_trainable_leaf_and_shares_no_memory() {
    try (NDManager manager = Torch.newManager()) {
      NDArray target = Tensors.of(manager, new float[] {1, Float.NaN}, 2);
      target.setRequiresGradient(true);
      NDArray source = Tensors.of(manager, new float[] {3, 4}, 2);
      Tensors.copyInto(target, source);
      try (GradMode off = GradMode.off()) {
        Ops.mulInPlace(source, Tensors.scalar(manager, 0));
        assertThat(off).isNotNull();
      }
      assertThat(Tensors.floats(target)).containsExactly(3, 4);
      try (GradMode on = GradMode.on()) {
        Autograd.backward(Ops.sum(Ops.mul(target, target)), 1);
        assertThat(on).isNotNull();
      }
      assertThat(Tensors.floats(Autograd.gradient(target).orElseThrow())).containsExactly(6, 8);
    }
  }

  @Test
  void copy_into_keeps_the_memory_of_the_target_so_views_see_the_new_values() {
    try (NDManager manager = Torch.newManager()) {
      NDArray target = Tensors.of(manager, new float[] {1, 2, 3, 4}, 4);
      NDArray view = Ops.slice(target, 0, 1, 3);
      Tensors.copyInto(target, Tensors.of(manager, new float[] {5, 6, 7, 8}, 4));
      assertThat(Tensors.floats(view)).containsExactly(6, 7);
    }
  }

  @Test
  void values_that_are_not_finite_are_counted_and_large_ones_are_not() {
    float huge = Float.MAX_VALUE;
    float nan = Float.NaN;
    float infinite = Float.POSITIVE_INFINITY;
    try (NDManager manager = Torch.newManager()) {
      int before = Torch.liveArrays();
      for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT16)) {
        float large = type == DataType.FLOAT32 ? huge : 65504;
        assertThat(nonFinite(manager, type, 1, -2, 0)).isZero();
        assertThat(nonFinite(manager, type, large, large, 1)).as("the sum overflows").isZero();
        assertThat(nonFinite(manager, type, 1, nan, 2, infinite, -infinite)).isEqualTo(3);
        assertThat(nonFinite(manager, type, infinite, -large)).isEqualTo(1);
      }
      assertThat(Torch.liveArrays()).isEqualTo(before);
      NDArray leaf = Tensors.of(manager, new float[] {1, nan}, 2);
      leaf.setRequiresGradient(true);
      assertThat(Tensors.nonFinite(leaf)).isEqualTo(1);
    }
  }

  private static long nonFinite(NDManager manager, DataType type, float... values) {
    try (NDArray array = Tensors.of(manager, type, values, 1, values.length)) {
      return Tensors.nonFinite(array);
    }
  }

  @Test
  void gradients_accumulate_until_they_are_zeroed() {
    try (NDManager manager = Torch.newManager();
        GradMode on = GradMode.on()) {
      assertThat(on).isNotNull();
      NDArray leaf = Tensors.of(manager, new float[] {2}, 1);
      Autograd.setRequiresGradient(List.of(new Parameter("leaf", leaf)), true);
      assertThat(Autograd.gradient(leaf)).isEmpty();
      Autograd.zeroGradient(leaf);
      Autograd.backward(Ops.sum(Ops.mul(leaf, leaf)), 0.5f);
      Autograd.backward(Ops.sum(Ops.mul(leaf, leaf)), 0.5f);
      assertThat(Tensors.floats(Autograd.gradient(leaf).orElseThrow())).containsExactly(4);
      Autograd.zeroGradient(leaf);
      assertThat(Tensors.floats(Autograd.gradient(leaf).orElseThrow())).containsExactly(0);
    }
  }

  @Test
  void a_scope_closes_the_arrays_created_in_it_except_kept_ones() {
    try (NDManager manager = Torch.newManager()) {
      int before = Torch.liveArrays();
      NDArray kept;
      NDArray closed;
      try (Scope scope = new Scope()) {
        assertThat(scope).isNotNull();
        closed = Tensors.of(manager, new float[] {1}, 1);
        kept = Scope.keep(Ops.add(closed, closed));
      }
      assertThat(closed.isReleased()).isTrue();
      assertThat(Tensors.floats(kept)).containsExactly(2);
      assertThat(Torch.liveArrays()).isEqualTo(before + 1);
    }
  }

  @Test
  void the_same_seed_repeats_dropout() {
    try (NDManager manager = Torch.newManager()) {
      NDArray ones = Ops.add(Tensors.zeros(manager, 1000), Tensors.scalar(manager, 1));
      Torch.seed(5_000_000_000L);
      float[] first = Tensors.floats(Ops.dropout(ones, 0.5, true));
      float[] next = Tensors.floats(Ops.dropout(ones, 0.5, true));
      Torch.seed(5_000_000_000L);
      assertThat(Tensors.floats(Ops.dropout(ones, 0.5, true))).isEqualTo(first);
      assertThat(first).isNotEqualTo(next);
    }
  }

  @Test
  void initial_values_have_the_declared_distribution_and_repeat_with_the_seed() {
    try (NDManager manager = Torch.newManager()) {
      SplittableRandom random = new SplittableRandom(1);
      float[] normal = Tensors.floats(Init.normal(manager, random, 0, 2, 100, 100));
      double mean = 0;
      double square = 0;
      for (float v : normal) {
        mean += v / 1e4;
        square += v * (double) v / 1e4;
      }
      assertThat(mean).isBetween(-0.1, 0.1);
      assertThat(square).isBetween(3.8, 4.2);
      float[] kaiming = Tensors.floats(Init.kaimingUniform(manager, random, 8, 16));
      for (float v : kaiming) {
        assertThat(v).isBetween(-0.25f, 0.25f);
      }
      assertThat(Tensors.floats(Init.kaimingUniform(manager, new SplittableRandom(3), 8, 16)))
          .isEqualTo(Tensors.floats(Init.kaimingUniform(manager, new SplittableRandom(3), 8, 16)));
    }
  }

  @Test
  void openmp_threads_wait_shortly_and_then_sleep_unless_the_environment_sets_another_policy() {
    Torch.start();
    String wanted = System.getenv("OMP_WAIT_POLICY");
    assertThat(Environment.nativeValue("OMP_WAIT_POLICY"))
        .isEqualTo(wanted == null ? "passive" : wanted);
    String turns = System.getenv("GOMP_SPINCOUNT");
    assertThat(Environment.nativeValue("GOMP_SPINCOUNT"))
        .isEqualTo(turns == null && wanted == null ? "5000" : turns);
    Environment.setIfAbsent("BUCKBENCH_TEST_VARIABLE", "seen");
    assertThat(Environment.nativeValue("BUCKBENCH_TEST_VARIABLE")).isEqualTo("seen");
    Environment.setIfAbsent("PATH", "lost");
    assertThat(Environment.nativeValue("PATH")).isEqualTo(System.getenv("PATH"));
  }

  @Test
  void an_unknown_device_and_a_missing_gpu_are_refused() {
    assertThatThrownBy(() -> Torch.chooseDevice("tpu", 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cpu, gpu or auto");
    assertThatThrownBy(() -> Torch.chooseDevice("gpu", 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no GPU");
    assertThat(Torch.chooseDevice("auto", 1).isGpu()).isTrue();
    assertThat(Torch.chooseDevice("cpu", 1).isGpu()).isFalse();
  }
}
