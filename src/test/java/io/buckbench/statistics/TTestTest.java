package io.buckbench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TTestTest {
  @Test
  void many_degrees_of_freedom_give_the_sum_of_two_normal_quantiles() {
    assertThat(TTest.detectable(100_000, 0.05, 0.8)).isCloseTo(1.6449 + 0.8416, within(1e-3));
  }

  @Test
  void few_degrees_of_freedom_equal_the_noncentral_t_distribution() {
    // scipy 1.17.1 (scipy.stats.nct): the delta with nct.sf(t.isf(level, df), df, delta) = 0.8.
    assertThat(TTest.detectable(4, 0.05, 0.8)).isCloseTo(3.03975, within(2e-3));
    assertThat(TTest.detectable(4, 0.0125, 0.8)).isCloseTo(4.58396, within(2e-3));
  }
}
