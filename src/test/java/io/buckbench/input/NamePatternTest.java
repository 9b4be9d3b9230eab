package io.buckbench.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "ia3, ia3, true",
    "ia3, ia3_large, false",
    "lora_*, lora_r2_qv, true",
    "lora_*, xlora_r2, false",
    "'lora_* | ia3', ia3, true",
    "a.c, abc, false",
    "*@0.05, lora@0.05, true",
    "'', x, false"
  })
  void a_pattern_matches_whole_names(String pattern, String name, boolean matches) {
    assertThat(NamePattern.of(pattern).matches(name)).isEqualTo(matches);
  }
}
