package io.buckbench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.tensor.ComputeCapability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceClassTest {
  @Test
  void processors_with_the_same_vector_width_are_distinguished() {
    List<String> ice = List.of("vendor_id\t: GenuineIntel", "cpu family\t: 6", "model\t\t: 106");
    List<String> zen = List.of("vendor_id\t: AuthenticAMD", "cpu family\t: 25", "model\t\t: 17");
    assertThat(DeviceClass.model(ice)).isEqualTo("-intel-6-106");
    assertThat(DeviceClass.model(zen)).isEqualTo("-amd-25-17");
    assertThat(DeviceClass.model(List.of())).isEmpty();
  }

  @Test
  void the_id_of_a_gpu_can_be_used_in_file_names() {
    DeviceClass v100 = gpu(Map.of("deterministic", true, "tf32", false));
    assertThat(v100.id()).isEqualTo("cuda-tesla-v100-sxm2-16gb-sm_70-t8");
    assertThat(v100.words()).isEqualTo("Tesla V100-SXM2-16GB, sm_70");
  }

  @Test
  void flags_that_reduce_precision_make_another_device_class() {
    Map<String, Boolean> flags = new LinkedHashMap<>();
    flags.put("tf32", true);
    flags.put("float16_sums", true);
    DeviceClass less = gpu(flags);
    assertThat(less.id()).isEqualTo("cuda-tesla-v100-sxm2-16gb-sm_70-t8-tf32-float16-sums");
    assertThat(less.words()).isEqualTo("Tesla V100-SXM2-16GB, sm_70, tf32, float16_sums");
    assertThat(gpu(Map.of()).id()).endsWith("-sm_70-t8-unknown-flags");
  }

  private static DeviceClass gpu(Map<String, Boolean> flags) {
    return DeviceClass.ofGpu("Tesla V100-SXM2-16GB", new ComputeCapability(7, 0), 8, flags);
  }

  @Test
  void the_widest_vector_instructions_are_named() {
    assertThat(DeviceClass.vectors(" fma avx2 avx512f ")).isEqualTo("-avx512");
    assertThat(DeviceClass.vectors(" fma avx2 ")).isEqualTo("-avx2");
    assertThat(DeviceClass.vectors(" sse4_2 ")).isEmpty();
  }
}
