package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ai.djl.util.cuda.CudaUtils;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class RequiresGpuTest {
  @Test
  void on_a_machine_without_a_gpu_the_test_is_skipped_with_a_reason() {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(OnGpu.class))
            .execute()
            .testEvents();
    if (CudaUtils.getGpuCount() > 0) {
      assertThat(tests.succeeded().count()).isEqualTo(1);
      return;
    }
    assertThat(tests.skipped().list())
        .singleElement()
        .satisfies(
            e ->
                assertThat(e.getPayload(String.class).orElseThrow())
                    .startsWith("needs a CUDA device"));
  }

  static class OnGpu {
    @Test
    @RequiresGpu
    void a_trial_on_a_device() {
      assertThat(CudaUtils.getGpuCount()).isPositive();
    }
  }
}
