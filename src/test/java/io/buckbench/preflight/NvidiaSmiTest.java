package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.tensor.ComputeCapability;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NvidiaSmiTest {
  @Test
  void a_gpu_is_read_with_its_units() {
    assertThat(NvidiaSmi.parse(Machines.V100).gpus())
        .containsExactly(
            new Gpu(
                new PciBusId(0, 0x3B, 0),
                "Tesla V100-SXM2-16GB",
                "550.54.15",
                OptionalLong.of(16384 * Sizes.MIB),
                OptionalLong.of(16144 * Sizes.MIB),
                Optional.of(new ComputeCapability(7, 0))));
  }

  @Test
  void gpus_are_read_in_order() {
    assertThat(NvidiaSmi.parse(Machines.T4 + "\n" + Machines.H100).gpus())
        .extracting(Gpu::name)
        .containsExactly("Tesla T4", "NVIDIA H100 80GB HBM3");
  }

  @Test
  void memory_that_a_mig_slice_does_not_report_is_unknown() {
    Gpu gpu = NvidiaSmi.parse(Machines.MIG).gpus().get(0);
    assertThat(gpu.totalBytes()).isEmpty();
    assertThat(gpu.freeBytes()).isEmpty();
    assertThat(gpu.capability()).contains(new ComputeCapability(8, 0));
  }

  @Test
  void a_compute_capability_that_an_old_driver_does_not_report_is_unknown() {
    Gpu gpu =
        NvidiaSmi.parse("00000000:04:00.0, Tesla T4, 535.1.2, 15360 MiB, 9 MiB, [N/A]")
            .gpus()
            .get(0);
    assertThat(gpu.capability()).isEmpty();
  }

  @Test
  void an_error_message_is_not_a_gpu() {
    NvidiaSmi smi = NvidiaSmi.parse(Machines.BROKEN);
    assertThat(smi.gpus()).isEmpty();
    assertThat(smi.unreadable()).singleElement().asString().startsWith("NVIDIA-SMI has failed");
    assertThat(NvidiaSmi.parse("No devices were found\n").gpus()).isEmpty();
    assertThat(NvidiaSmi.parse("").gpus()).isEmpty();
  }

  @Test
  void processes_are_the_lines_that_start_with_the_gpus_bus_id() {
    assertThat(
            NvidiaSmi.processes(
                """
                00000000:04:00.0, 4711, /usr/bin/python3, 3012 MiB
                00000000:3B:00.0, 4712, java, 12 MiB
                [Not Supported]
                No running processes found
                """,
                new PciBusId(0, 4, 0)))
        .containsExactly("4711, /usr/bin/python3, 3012 MiB");
  }

  @Test
  void leading_zeros_of_a_bus_id_do_not_matter() {
    assertThat(PciBusId.parse("0000:3b:00.0"))
        .isEqualTo(PciBusId.parse("00000000:3B:00.0"))
        .contains(new PciBusId(0, 0x3B, 0));
    assertThat(PciBusId.parse("00010000:C1:00.0")).contains(new PciBusId(0x10000, 0xC1, 0));
    assertThat(PciBusId.parse("GPU-1b7f")).isEmpty();
  }

  @Property(tries = 300)
  void any_output_is_read_without_an_exception(@ForAll String text) {
    NvidiaSmi smi = NvidiaSmi.parse(text);
    NvidiaSmi.processes(text, new PciBusId(0, 0, 0));
    assertThat(smi.gpus().size() + smi.unreadable().size())
        .isEqualTo(text.lines().filter(line -> !line.isBlank()).count());
  }
}
