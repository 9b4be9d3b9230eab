package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.model.Architecture;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import io.buckbench.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTokensMemoryTest {
  @TempDir Path folder;

  private long bytes(String... columns) throws IOException {
    Path project = Files.createTempDirectory(folder, "project");
    TinyProject.fill(project);
    Configuration row =
        new ProjectFixture(project).row("a", columns).write().read().configurations().get(0);
    Architecture model = Architecture.read(row.model().orElseThrow().directory());
    return MemoryEstimate.bytes(row, model, Precision.FLOAT32);
  }

  @Test
  void the_estimate_follows_the_tokens_of_a_micro_batch() throws IOException {
    String rows = "batch_size=4";
    String many = "accumulation=4";
    long four = bytes(rows, many);
    long sixteen = bytes("batch_size=16", "accumulation=1");
    assertThat(bytes(rows, many, "batch_tokens=1")).as("one row").isLessThan(four);
    assertThat(bytes(rows, many, "batch_tokens=480"))
        .as("four rows of 120 tokens, or more short ones")
        .isBetween(four, (four + sixteen) / 2);
    assertThat(bytes(rows, many, "batch_tokens=100000")).as("all rows").isEqualTo(sixteen);
  }
}
