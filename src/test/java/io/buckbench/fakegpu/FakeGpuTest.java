package io.buckbench.fakegpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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

  private FakeGpuSuite suite;

  @BeforeEach
  void project() throws IOException {
    suite = FakeGpuSuite.write(folder);
  }

  @Test
  void a_suite_runs_on_an_h100() throws Exception {
    FakeGpuJvm.Output output = suite.run(suite.jvm(GpuModel.H100));
    suite.assertRan(output, "cuda-nvidia-h100-80gb-hbm3-sm_90-t2");
    JsonNode counts = output.counts();
    int steps = suite.records().stream().mapToInt(run -> run.steps().size()).sum();
    int warmUps = 3; // training in both precisions, and answers without training
    assertThat(counts.at("/calls/torchBackward").asInt()).isEqualTo(steps + 2);
    assertThat(counts.at("/calls/torchCudaEmptyCache").asInt()).isEqualTo(3 + warmUps);
    assertThat(counts.at("/hostToDevice").asInt()).isPositive();
    assertThat(counts.at("/readbacks").asInt())
        .isEqualTo(counts.at("/calls/torchDirectByteBuffer").asInt());
  }

  @Test
  void a_readback_leaves_nothing_alive() throws Exception {
    FakeGpuJvm.Output output = suite.jvm(GpuModel.V100).run(Readbacks.class, folder.toString());
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
