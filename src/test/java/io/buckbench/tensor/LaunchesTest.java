package io.buckbench.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.input.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes and modes are used only for their close()
class LaunchesTest {
  @Test
  void launches_of_both_passes_are_counted() {
    try (NDManager manager = Torch.newManager();
        GradMode on = GradMode.on()) {
      NDArray x = Tensors.zeros(manager, 2, 3);
      NDArray weight = Tensors.zeros(manager, 4, 3);
      NDArray bias = Tensors.zeros(manager, 4);
      NDArray seed = Tensors.scalar(manager, 1);
      weight.setRequiresGradient(true);
      Launches launches =
          Launches.of(
              () -> Autograd.backward(Ops.sum(Ops.relu(Ops.linear(x, weight, bias))), seed));
      assertThat(launches.byOperator())
          .containsExactly(
              entry("aten::addmm", 1L),
              entry("aten::mm", 1L),
              entry("aten::relu", 1L),
              entry("aten::sum", 1L),
              entry("aten::threshold_backward", 1L));
      assertThat(launches.total()).isEqualTo(5);
      assertThat(launches.minus(launches).total()).isZero();
    }
  }

  @Test
  void launches_inside_a_torchscript_function_are_counted() {
    try (NDManager manager = Torch.newManager();
        GradMode off = GradMode.off()) {
      NDArray y = Tensors.zeros(manager, 2, 4);
      NDArray x = Tensors.zeros(manager, 2, 3);
      NDArray weight = Tensors.zeros(manager, 4, 3);
      AddedProduct product = new AddedProduct(manager, 2);
      Launches launches = Launches.of(() -> product.to(y, x, weight));
      assertThat(launches.byOperator()).containsExactly(entry("aten::addmm_", 1L));
    }
  }

  @Test
  void views_launch_nothing_and_a_copy_of_a_view_one_kernel() {
    try (NDManager manager = Torch.newManager();
        GradMode off = GradMode.off()) {
      NDArray x = Tensors.zeros(manager, 2, 3);
      assertThat(Launches.of(() -> Ops.transpose(Ops.slice(x, 1, 0, 2), 0, 1)).total()).isZero();
      assertThat(Launches.of(() -> Ops.reshape(Ops.transpose(x, 0, 1), 6)).byOperator())
          .containsExactly(entry("aten::copy_", 1L));
    }
  }

  @Test
  void the_optimisers_launches_depend_on_the_sizes() {
    try (NDManager manager = Torch.newManager();
        GradMode off = GradMode.off()) {
      FusedAdamW kernels = new FusedAdamW(manager, 0.9, 0.999, 1e-8, 0);
      List<NDArray> gradients =
          new ArrayList<>(List.of(Tensors.zeros(manager, 2), Tensors.zeros(manager, 3)));
      assertThat(Launches.of(() -> kernels.zero(gradients), 2, 3).total()).isEqualTo(1);
      assertThat(Launches.of(() -> kernels.zero(gradients), 2, 40_000_000).total()).isEqualTo(2);
      // Zeros, the norms of all chunks, their sums, a stack, and its norm.
      assertThat(Launches.of(() -> kernels.norm(manager, gradients), 2, 3).total()).isEqualTo(5);
    }
  }

  @Test
  void an_operator_that_the_table_lacks_is_named() {
    try (NDManager manager = Torch.newManager()) {
      NDArray x = Tensors.zeros(manager, 2);
      assertThatThrownBy(() -> Launches.of(x::erfinv))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("launches.csv: found no row for aten::erfinv");
    }
  }

  @Test
  void a_multi_tensor_kernel_takes_so_many_tensors_and_chunks() {
    long chunk = 65_536;
    assertThat(MultiTensor.launches(4)).isZero();
    assertThat(MultiTensor.launches(4, 0, 0)).isZero();
    assertThat(MultiTensor.launches(4, ones(36))).isEqualTo(1);
    assertThat(MultiTensor.launches(4, ones(37))).isEqualTo(2);
    assertThat(MultiTensor.launches(1, ones(110))).isEqualTo(1);
    assertThat(MultiTensor.launches(1, ones(111))).isEqualTo(2);
    assertThat(MultiTensor.launches(1, 320 * chunk)).isEqualTo(1);
    assertThat(MultiTensor.launches(1, 320 * chunk + 1)).isEqualTo(2);
    assertThat(MultiTensor.launches(1, 319 * chunk, chunk + 1)).isEqualTo(2);
    assertThat(MultiTensor.launches(4, 1, 1000 * chunk, 1)).isEqualTo(4);
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
