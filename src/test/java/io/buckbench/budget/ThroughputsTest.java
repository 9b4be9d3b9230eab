package io.buckbench.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThroughputsTest {
  @TempDir Path dir;
  private Throughputs throughputs;

  @BeforeEach
  void read() throws IOException {
    throughputs =
        Throughputs.read(
            Files.writeString(
                dir.resolve("throughput.csv"),
                String.join(",", Throughputs.COLUMNS)
                    + """

                    lora,2026-01-01,V100,opt,lora,16 x 96,1,0,0,test,,,,,
                    soft,2026-01-01,V100,opt,"prompt, ptuning",16 x 96,1,0,0,test,,,,,
                    r8,2026-01-01,V100,opt,lora r8_qv,16 x 512 in 4 micro-batches,1,0,0,test,,,,,
                    """));
  }

  private Optional<String> measured(String method, String variant, int rows) {
    return throughputs.measured("V100", "opt", method, variant, rows).map(Throughput::id);
  }

  @Test
  void a_throughput_of_a_variant_applies_to_that_variant_only() {
    assertThat(measured("lora", "r8_qv", 16)).contains("r8");
    assertThat(measured("lora", "r2_qv", 16)).contains("lora");
    assertThat(measured("ptuning", "p2_h128", 16)).contains("soft");
  }

  @Test
  void another_method_device_or_number_of_rows_has_no_throughput() {
    assertThat(measured("ia3", "default", 16)).isEmpty();
    assertThat(measured("lora", "r8_qv", 8)).isEmpty();
    assertThat(throughputs.measured("T4", "opt", "lora", "r8_qv", 16)).isEmpty();
  }
}
