package io.buckbench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HolmTest {
  @Property(tries = 100)
  void holm_is_monotone_and_between_no_correction_and_bonferroni(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1) Double> p) {
    double[] raw = p.stream().mapToDouble(Double::doubleValue).toArray();
    double[] adjusted = Holm.adjust(raw);
    for (int i = 0; i < raw.length; i++) {
      assertThat(adjusted[i]).isBetween(raw[i], Math.min(1, raw.length * raw[i]) + 1e-15);
      for (int j = 0; j < raw.length; j++) {
        if (raw[i] <= raw[j]) {
          assertThat(adjusted[i]).isLessThanOrEqualTo(adjusted[j]);
        }
      }
    }
  }

  @Test
  void holm_equals_the_textbook_example_and_ignores_nan() {
    double[] adjusted = Holm.adjust(new double[] {0.01, Double.NaN, 0.04, 0.03, 0.005});
    assertThat(adjusted[0]).isCloseTo(0.03, within(1e-12));
    assertThat(adjusted[1]).isNaN();
    assertThat(adjusted[2]).isCloseTo(0.06, within(1e-12));
    assertThat(adjusted[3]).isCloseTo(0.06, within(1e-12));
    assertThat(adjusted[4]).isCloseTo(0.02, within(1e-12));
  }
}
