package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.junit.Project;
import io.buckbench.preflight.PlannedMemory.Fit;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The memory of models that were not fetched is estimated from their shapes. */
class FamiliesMemoryTest {
  @Test
  void every_row_of_families_is_estimated_and_fits_the_gpu_of_its_price_card() {
    Benchmarks benchmarks = Project.HERE.benchmarks();
    Suite families = Suite.read("families", Path.of(""), Path.of("datasets"));
    for (Configuration row : families.configurations()) {
      PlannedMemory memory =
          PlannedMemory.of(row, row.priceCard(), benchmarks)
              .orElseThrow(() -> new AssertionError(row.id()));
      assertThat(memory.fit()).as("%s: %d bytes", row.id(), memory.bytes()).isEqualTo(Fit.YES);
      if (row.model().isPresent()) {
        // Half-precision weights alone take two bytes each.
        assertThat(memory.bytes()).as(row.id()).isGreaterThan(300L << 20);
      }
    }
  }
}
