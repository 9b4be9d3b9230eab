package io.buckbench.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "C++ functions have other names")
class PyTorchFlagsTest {
  @Test
  void flags_that_reduce_precision_are_off() {
    assertThat(PyTorchFlags.values())
        .containsOnlyKeys("deterministic", "tf32", "tf32_cudnn", "float16_sums", "bfloat16_sums")
        .doesNotContainValue(true);
  }

  @Test
  void deterministic_algorithms_are_on_until_the_mode_is_closed() {
    try (DeterministicAlgorithms wanted = DeterministicAlgorithms.wanted(true)) {
      assertThat(wanted).isNotNull();
      assertThat(PyTorchFlags.values()).containsEntry("deterministic", true);
    }
    assertThat(PyTorchFlags.values()).containsEntry("deterministic", false);
  }
}
