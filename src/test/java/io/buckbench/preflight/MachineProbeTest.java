package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineProbeTest {
  @Test
  void a_missing_program_has_no_output() {
    assertThat(MachineProbe.output(List.of("no-such-program-as-nvidia-smi"))).isEmpty();
  }

  @Test
  void the_error_output_of_a_program_is_kept() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(MachineProbe.output(List.of(java, "-no-such-option")).orElseThrow())
        .contains("no-such-option");
  }

  @Test
  void available_memory_is_read_from_meminfo() {
    assertThat(
            MachineProbe.availableBytes(
                List.of("MemTotal:  24000000 kB", "MemAvailable:     2048 kB", "Buffers: 1 kB")))
        .isEqualTo(2 * Sizes.MIB);
    assertThat(MachineProbe.availableBytes(List.of())).isZero();
  }
}
