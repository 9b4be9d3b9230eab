package io.buckbench.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComputeCapabilityTest {
  private static ComputeCapability of(String text) {
    return ComputeCapability.parse(text).orElseThrow();
  }

  @Test
  void it_is_read_as_nvidia_smi_writes_it() {
    assertThat(of(" 7.0 ")).isEqualTo(ComputeCapability.VOLTA);
    assertThat(of("12.0").sm()).isEqualTo("sm_120");
    assertThat(ComputeCapability.parse("[N/A]")).isEmpty();
    assertThat(ComputeCapability.parse("")).isEmpty();
  }

  @Test
  void machine_code_runs_within_its_generation_and_upwards_only() {
    assertThat(of("8.9").runs(of("8.6"))).isTrue();
    assertThat(of("8.0").runs(of("8.6"))).isFalse();
    assertThat(of("9.0").runs(of("8.6"))).isFalse();
    assertThat(of("7.0").runs(of("7.0"))).isTrue();
  }

  @Test
  void generations_are_in_order() {
    assertThat(of("10.0")).isGreaterThan(of("9.0"));
    assertThat(of("7.5")).isGreaterThan(of("7.0"));
    assertThat(of("6.1")).isLessThan(of("7.0"));
  }
}
