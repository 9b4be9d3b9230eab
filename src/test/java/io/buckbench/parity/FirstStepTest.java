package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which elements of a first AdamW step rounding decides. */
class FirstStepTest {
  private static final double[] EXACT = {0.2, 3e-9, -3e-9, 1e-5};

  /** The reference's error is 1e-9, so 3e-9 are allowed. */
  private static final double[] ROUNDED = {0.2, 4e-9, -3e-9, 1e-5};

  private final FirstStep step =
      FirstStep.of(Map.of("w", EXACT), Map.of("w", ROUNDED), 1e-2, Tolerance.relative(1e-3));

  @Test
  void an_element_with_a_gradient_near_epsilon_is_undetermined_and_others_are_not() {
    assertThat(step.undetermined(Map.of("w", new double[] {1, 0.5, 0.5, 0.5})).get("w"))
        .containsExactly(false, true, true, false);
  }

  @Test
  void no_element_is_undetermined_next_to_a_large_weight_or_without_gradients() {
    assertThat(step.undetermined(Map.of("w", new double[] {100, 0.5, 0.5, 0.5})).get("w"))
        .containsOnly(false);
    assertThat(step.undetermined(Map.of("v", new double[] {1, 2})).get("v")).containsOnly(false);
  }

  @Test
  void flagged_elements_are_compared_as_zeros() {
    Map<String, boolean[]> flags = Map.of("w", new boolean[] {false, true});
    assertThat(FirstStep.without(Map.of("w", new double[] {3, 4}), flags).get("w"))
        .containsExactly(3, 0);
  }
}
