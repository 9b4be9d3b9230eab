package io.buckbench.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComputeCapabilityTest {
  private static ComputeCapability of(String text) {
    return ComputeCapability.parse(text).orElseThrow();
  }

  @Test
  void the_format_of_nvidia_smi_is_parsed() {
    assertThat(of(" 7.0 ")).isEqualTo(ComputeCapability.VOLTA);
    assertThat(of("12.0").sm()).isEqualTo("sm_120");
    assertThat(ComputeCapability.parse("[N/A]")).isEmpty();
    assertThat(ComputeCapability.parse("")).isEmpty();
  }

  @Test
  void machine_code_runs_on_the_same_major_and_an_equal_or_higher_minor_version() {
    assertThat(of("8.9").runs(of("8.6"))).isTrue();
    assertThat(of("8.0").runs(of("8.6"))).isFalse();
    assertThat(of("9.0").runs(of("8.6"))).isFalse();
    assertThat(of("7.0").runs(of("7.0"))).isTrue();
  }

  @Test
  void capabilities_are_ordered_by_version() {
    assertThat(of("10.0")).isGreaterThan(of("9.0"));
    assertThat(of("7.5")).isGreaterThan(of("7.0"));
    assertThat(of("6.1")).isLessThan(of("7.0"));
  }
}
