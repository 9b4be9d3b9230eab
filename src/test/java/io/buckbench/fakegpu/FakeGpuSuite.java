package io.buckbench.fakegpu;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;

/**
 * A suite of three configurations, to be run by the command line in a JVM that reports a GPU.
 *
 * @param folder the project's folder, which also has the records
 */
record FakeGpuSuite(Path folder) {
  /** Writes the project. */
  static FakeGpuSuite write(Path folder) throws IOException {
    TinyProject.fill(folder);
    new ProjectFixture(folder)
        .row("lora", "precision=auto", "deterministic=true")
        .row("full", "method=full", "variant=full", "precision=float32", "deterministic=")
        .untrained("untouched", Declaration.NONE, "precision=auto", "deterministic=")
        .write()
        .write("benchmarks/hypotheses.csv", Files.readString(Path.of("benchmarks/hypotheses.csv")));
    return new FakeGpuSuite(folder);
  }

  FakeGpuJvm jvm(GpuModel gpu) {
    return new FakeGpuJvm(folder, gpu)
        .with("buckbench.device", "gpu")
        .with("buckbench.threads", 2)
        .with("buckbench.runs", folder.resolve("runs"));
  }

  FakeGpuJvm.Output run(FakeGpuJvm jvm) throws IOException, InterruptedException {
    return jvm.run(BuckBench.class, "run", "t", "--project", folder.toString());
  }

  List<RunRecord> records() {
    return new RunStore(folder.resolve("runs")).read("t");
  }

  /** Asserts that every trial completed on CUDA's first device and kept every promise. */
  void assertRan(FakeGpuJvm.Output output, String deviceClass) {
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
}
