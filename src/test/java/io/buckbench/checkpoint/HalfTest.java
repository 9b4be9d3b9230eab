package io.buckbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfTest {
  /** The value by definition: sign, five bits of exponent, ten of fraction. */
  private static double byDefinition(int half) {
    int exponent = (half >> 10) & 0x1F;
    int fraction = half & 0x3FF;
    double magnitude =
        exponent == 0
            ? fraction * Math.pow(2, -24)
            : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
    return (half & 0x8000) == 0 ? magnitude : -magnitude;
  }

  @Test
  void every_finite_half_converts_to_its_value_and_back() {
    for (int half = 0; half < 0x10000; half++) {
      if ((half & 0x7C00) != 0x7C00) {
        float wide = Half.toFloat((short) half);
        assertThat((double) wide).as("half %04x", half).isEqualTo(byDefinition(half));
        assertThat(Half.fromFloat(wide) & 0xFFFF).as("half %04x", half).isEqualTo(half);
      }
    }
  }

  @Test
  void infinities_and_nan_are_kept_in_both_directions() {
    assertThat(Half.toFloat((short) 0x7C00)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Half.toFloat((short) 0xFC00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Half.toFloat((short) 0x7E01)).isNaN();
    assertThat(Half.fromFloat(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xFC00);
    assertThat(Half.toFloat(Half.fromFloat(Float.NaN))).isNaN();
    assertThat(Half.toFloat(Half.fromFloat(Float.intBitsToFloat(0x7F800001)))).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "0x1.002p0, 0x3C00", // a tie, even neighbour below
    "0x1.006p0, 0x3C02", // a tie, even neighbour above
    "0x1.0021p0, 0x3C01",
    "65519.996, 0x7BFF",
    "65520, 0x7C00",
    "1e30, 0x7C00",
    "0x1p-25, 0x0000", // halfway to the smallest subnormal
    "0x1.8p-25, 0x0001",
    "0x1.ffap-15, 0x03FF",
    "0x1.ffcp-15, 0x0400", // a tie above the largest subnormal
    "-0x1.8p-24, 0x8002",
    "-0.0, 0x8000"
  })
  void rounding_is_to_the_nearest_half_and_ties_go_to_even(float value, String half) {
    assertThat(Half.fromFloat(value) & 0xFFFF).isEqualTo(Integer.decode(half));
  }
}
