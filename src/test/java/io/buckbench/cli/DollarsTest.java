package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DollarsTest {
  @ParameterizedTest
  @CsvSource({
    "0.000012344, 0.00007, 0.000012344",
    "0.0000001, 0.00007, 0.000000100",
    "0.5, 1, 0.5000",
    "12.3, 250, 12.30",
    "0.00001234567, 0, 0.00001235",
    "1.23456, 0, 1.235"
  })
  void a_ten_thousandth_of_the_budget_is_visible(BigDecimal spent, BigDecimal budget, String text) {
    assertThat(Dollars.spent(spent, budget)).isEqualTo(text);
  }
}
