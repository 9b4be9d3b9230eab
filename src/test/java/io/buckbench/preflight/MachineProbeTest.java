package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineProbeTest {
  @Test
  void a_program_that_is_not_there_prints_nothing() {
    assertThat(MachineProbe.output(List.of("no-such-program-as-nvidia-smi"))).isEmpty();
  }

  @Test
  void what_a_program_complains_of_is_kept() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(MachineProbe.output(List.of(java, "-no-such-option")).orElseThrow())
        .contains("no-such-option");
  }

  @Test
  void available_memory_is_what_linux_says_can_be_had() {
    assertThat(
            MachineProbe.availableBytes(
                List.of("MemTotal:  24000000 kB", "MemAvailable:     2048 kB", "Buffers: 1 kB")))
        .isEqualTo(2 * Sizes.MIB);
    assertThat(MachineProbe.availableBytes(List.of())).isZero();
  }
}
