package io.buckbench.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Formats dollars that grow while one looks at them. */
final class Dollars {
  /** A ten-thousandth of a budget is spent several times a second. */
  private static final int DIGITS = 4;

  private static final int CENTS = 2;

  private Dollars() {}

  /**
   * The dollars spent, with enough digits that a step changes them: down to a ten-thousandth of the
   * budget, so that the width stays the same.
   *
   * @param budget zero if there is none; then four digits are shown
   */
  static String spent(BigDecimal spentUsd, BigDecimal budget) {
    if (budget.signum() <= 0) {
      return spentUsd.round(new MathContext(DIGITS, RoundingMode.HALF_UP)).toPlainString();
    }
    int firstDigit = budget.precision() - budget.scale();
    return spentUsd
        .setScale(Math.max(CENTS, DIGITS + 1 - firstDigit), RoundingMode.HALF_UP)
        .toPlainString();
  }
}
