package io.buckbench.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.tensor.Precision;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The rule of {@code torch.amp.GradScaler}: {@code _amp_update_scale_} with its defaults. */
class LossScalerTest {
  private static void steps(LossScaler scaler, int good) {
    for (int i = 0; i < good; i++) {
      scaler.stepped(false);
    }
  }

  @Test
  void in_float32_nothing_is_scaled_and_no_step_is_skipped() {
    LossScaler scaler = LossScaler.of(Precision.FLOAT32);
    scaler.stepped(false);
    assertThat(scaler.scale()).isEqualTo(1);
    assertThat(scaler.skipsOverflow()).isFalse();
  }

  @Test
  void two_thousand_good_steps_in_a_row_double_the_scale() {
    LossScaler scaler = LossScaler.of(Precision.MIXED);
    assertThat(scaler.scale()).isEqualTo(65536);
    steps(scaler, 1999);
    assertThat(scaler.scale()).isEqualTo(65536);
    steps(scaler, 1);
    assertThat(scaler.scale()).isEqualTo(131072);
    steps(scaler, 2000);
    assertThat(scaler.scale()).isEqualTo(262144);
  }

  @Test
  void a_bad_step_halves_the_scale_and_restarts_the_count() {
    LossScaler scaler = LossScaler.of(Precision.MIXED);
    steps(scaler, 1999);
    scaler.stepped(true);
    assertThat(scaler.scale()).isEqualTo(32768);
    steps(scaler, 1999);
    assertThat(scaler.scale()).isEqualTo(32768);
    steps(scaler, 1);
    assertThat(scaler.scale()).isEqualTo(65536);
    scaler.stepped(true);
    scaler.stepped(true);
    assertThat(scaler.scale()).isEqualTo(16384);
  }

  @Test
  void the_scale_never_becomes_infinite() {
    LossScaler scaler = LossScaler.from(Float.MAX_VALUE);
    steps(scaler, 2000);
    assertThat(scaler.scale()).isEqualTo(Float.MAX_VALUE);
  }

  @Test
  void an_overflow_at_a_scale_below_one_is_not_skipped() {
    LossScaler scaler = LossScaler.from(1);
    assertThat(scaler.skipsOverflow()).isTrue();
    scaler.stepped(true);
    assertThat(scaler.skipsOverflow()).isFalse();
  }

  @Property
  void the_scale_stays_a_power_of_two_so_that_unscaling_is_exact(@ForAll boolean[] overflows) {
    LossScaler scaler = LossScaler.of(Precision.MIXED);
    for (boolean overflow : overflows) {
      scaler.stepped(overflow);
      if (!scaler.skipsOverflow()) {
        return; // The training would have diverged.
      }
      assertThat(Float.floatToIntBits(scaler.scale()) & 0x7FFFFF).isZero();
    }
  }
}
