package io.buckbench.fakegpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.cli.BuckBench;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command line and a suite of three configurations in a JVM that reports a GPU. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "nvidia-smi is a shell script")
class FakeGpuTest {
  @TempDir Path folder;

  @BeforeEach
  void project() throws IOException {
    TinyProject.fill(folder);
    new ProjectFixture(folder)
        .row("lora", "precision=auto", "deterministic=true")
        .row("full", "method=full", "variant=full", "precision=float32", "deterministic=")
        .untrained("untouched", Declaration.NONE, "precision=auto", "deterministic=")
        .write()
        .write("benchmarks/hypotheses.csv", Files.readString(Path.of("benchmarks/hypotheses.csv")));
  }

  private FakeGpuJvm jvm(GpuModel gpu) {
    return new FakeGpuJvm(folder, gpu)
        .with("buckbench.device", "gpu")
        .with("buckbench.threads", 2)
        .with("buckbench.runs", folder.resolve("runs"));
  }

  private FakeGpuJvm.Output run(FakeGpuJvm jvm) throws IOException, InterruptedException {
    return jvm.run(BuckBench.class, "run", "t", "--project", folder.toString());
  }

  private List<RunRecord> records() {
    return new RunStore(folder.resolve("runs")).read("t");
  }

  /** Asserts that every trial completed on CUDA's first device and kept every promise. */
  private void assertRan(FakeGpuJvm.Output output, String deviceClass) {
    assertThat(output.exit()).as(output.out() + output.err()).isZero();
    assertThat(records())
        .extracting(run -> run.configuration() + " " + run.provenance().precision())
        .containsExactly("full float32", "lora mixed", "untouched mixed");
    assertThat(records())
        .allSatisfy(
            run -> {
              assertThat(run.status()).as(run.failure()).isEqualTo(RunStatus.COMPLETED);
              assertThat(run.broken()).isEmpty();
              assertThat(run.provenance().deviceClass()).isEqualTo(deviceClass);
              assertThat(run.provenance().pytorchFlags())
                  .containsEntry("deterministic", run.configuration().equals("lora"))
                  .containsEntry("tf32", false);
            });
    assertThat(output.err().lines().filter(line -> line.startsWith("warning")))
        .as("the preflight checks CUDA's first device and not nvidia-smi's first GPU")
        .singleElement()
        .asString()
        .startsWith("warning: preflight, price card")
        .contains("this is " + records().get(0).provenance().device().split(",")[0]);
  }

  @Test
  void a_suite_runs_on_an_h100() throws Exception {
    FakeGpuJvm.Output output = run(jvm(GpuModel.H100));
    assertRan(output, "cuda-nvidia-h100-80gb-hbm3-sm_90-t2");
    JsonNode counts = output.counts();
    int steps = records().stream().mapToInt(run -> run.steps().size()).sum();
    int warmUps = 3; // training in both precisions, and answers without training
    assertThat(counts.at("/calls/torchBackward").asInt()).isEqualTo(steps + 2);
    assertThat(counts.at("/calls/torchCudaEmptyCache").asInt()).isEqualTo(3 + warmUps);
    assertThat(counts.at("/hostToDevice").asInt()).isPositive();
    assertThat(counts.at("/readbacks").asInt())
        .isEqualTo(counts.at("/calls/torchDirectByteBuffer").asInt());
  }

  @Test
  void a_lack_of_memory_fails_one_trial() throws Exception {
    FakeGpuJvm.Output output = run(jvm(GpuModel.V100).with("fakegpu.memory", 6));
    assertThat(output.exit()).as(output.err()).isEqualTo(1);
    assertThat(records())
        .extracting(run -> run.configuration() + " " + run.status())
        .containsExactly("full FAILED", "lora COMPLETED", "untouched COMPLETED");
    assertThat(records().get(0).failure()).startsWith("CUDA out of memory");
    assertThat(records()).allMatch(run -> run.inspection().leakedArrays() == 0);
  }

  @Test
  void a_new_process_continues_after_a_device_error() throws Exception {
    FakeGpuJvm.Output output = run(jvm(GpuModel.V100).with("fakegpu.sticky", 6));
    assertThat(output.exit()).as(output.err()).isEqualTo(1);
    assertThat(records())
        .extracting(run -> run.configuration() + " " + run.status())
        .containsExactly("full FAILED", "lora COMPLETED", "untouched COMPLETED");
    assertThat(records().get(0).failure()).startsWith("CUDA error: device-side assert triggered");
  }

  @Test
  void a_device_that_no_new_process_can_use_stops_the_suite() throws Exception {
    FakeGpuJvm.Output output =
        run(
            jvm(GpuModel.V100)
                .with("fakegpu.sticky", 6)
                .with("fakegpu.broken", folder.resolve("broken")));
    assertThat(output.exit()).as(output.err()).isEqualTo(3);
    assertThat(output.err())
        .contains(
            "error: a new process could not read one element from the device: CUDA error:"
                + " device-side assert triggered, expected its value")
        .contains("finished trials are stored", "nvidia-smi", "start the same command again")
        .doesNotContain("Exception");
    assertThat(records())
        .extracting(run -> run.configuration() + " " + run.status())
        .containsExactly("full FAILED", "lora COMPLETED");

    RunRecord finished = records().get(1);
    assertRan(run(jvm(GpuModel.V100)), "cuda-tesla-v100-sxm2-16gb-sm_70-t2");
    assertThat(records()).contains(finished);
  }

  @Test
  void a_readback_leaves_nothing_alive() throws Exception {
    FakeGpuJvm.Output output = jvm(GpuModel.V100).run(Readbacks.class, folder.toString());
    assertThat(output.exit()).as(output.err()).isZero();
    JsonNode seen = new ObjectMapper().readTree(output.out());
    assertThat(new HashSet<>(numbers(seen.path("arrays")))).as("arrays").hasSize(1);
    assertThat(new HashSet<>(numbers(seen.path("managers")))).as("managers").hasSize(1);
    JsonNode digest = seen.path("digest");
    assertThat(digest.path("readBytes").asLong())
        .isEqualTo(Float.BYTES * seen.path("weights").asLong());
    assertThat(digest.path("mostReadBytes").asLong()).as("at once").isEqualTo(1 << 20);
  }

  private static List<Integer> numbers(JsonNode array) {
    List<Integer> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }
}
