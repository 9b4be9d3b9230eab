package io.buckbench.fakegpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors of a GPU, each of which needs several processes. */
class FakeGpuEndurance {
  @TempDir Path folder;
  private FakeGpuSuite suite;

  @BeforeEach
  void project() throws IOException {
    suite = FakeGpuSuite.write(folder);
  }

  @Test
  void a_lack_of_memory_fails_one_trial() throws Exception {
    FakeGpuJvm.Output output = suite.run(suite.jvm(GpuModel.V100).with("fakegpu.memory", 6));
    assertThat(output.exit()).as(output.err()).isEqualTo(1);
    assertThat(suite.records())
        .extracting(run -> run.configuration() + " " + run.status())
        .containsExactly("full FAILED", "lora COMPLETED", "untouched COMPLETED");
    assertThat(suite.records().get(0).failure()).startsWith("CUDA out of memory");
    assertThat(suite.records()).allMatch(run -> run.inspection().leakedArrays() == 0);
  }

  @Test
  void a_new_process_continues_after_a_device_error() throws Exception {
    FakeGpuJvm.Output output = suite.run(suite.jvm(GpuModel.V100).with("fakegpu.sticky", 6));
    assertThat(output.exit()).as(output.err()).isEqualTo(1);
    assertThat(suite.records())
        .extracting(run -> run.configuration() + " " + run.status())
        .containsExactly("full FAILED", "lora COMPLETED", "untouched COMPLETED");
    assertThat(suite.records().get(0).failure())
        .startsWith("CUDA error: device-side assert triggered");
  }

  @Test
  void a_device_that_no_new_process_can_use_stops_the_suite() throws Exception {
    FakeGpuJvm.Output output =
        suite.run(
            suite
                .jvm(GpuModel.V100)
                .with("fakegpu.sticky", 6)
                .with("fakegpu.broken", folder.resolve("broken")));
    assertThat(output.exit()).as(output.err()).isEqualTo(3);
    assertThat(output.err())
        .contains(
            "error: a new process could not read one element from the device: CUDA error:"
                + " device-side assert triggered, expected its value")
        .contains("finished trials are stored", "nvidia-smi", "start the same command again")
        .doesNotContain("Exception");
    assertThat(suite.records())
        .extracting(run -> run.configuration() + " " + run.status())
        .containsExactly("full FAILED", "lora COMPLETED");

    RunRecord finished = suite.records().get(1);
    suite.assertRan(suite.run(suite.jvm(GpuModel.V100)), "cuda-tesla-v100-sxm2-16gb-sm_70-t2");
    assertThat(suite.records()).contains(finished);
  }
}
