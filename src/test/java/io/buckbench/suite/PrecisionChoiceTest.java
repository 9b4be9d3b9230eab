package io.buckbench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.tensor.ComputeCapability;
import io.buckbench.tensor.Precision;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionChoiceTest {
  @ParameterizedTest
  @CsvSource({
    "AUTO, 7.0, MIXED",
    "AUTO, 7.5, MIXED",
    "AUTO, 9.0, MIXED",
    "AUTO, 12.0, MIXED",
    "AUTO, 6.1, FLOAT32",
    "AUTO, none, FLOAT32",
    "MIXED, none, MIXED",
    "MIXED, 6.1, MIXED",
    "FLOAT32, 9.0, FLOAT32"
  })
  void auto_is_mixed_from_volta_on(PrecisionChoice choice, String gpu, Precision resolved) {
    Optional<ComputeCapability> capability = ComputeCapability.parse(gpu);
    assertThat(capability.isPresent()).isEqualTo(!gpu.equals("none"));
    assertThat(choice.on(capability)).isEqualTo(resolved);
  }
}
