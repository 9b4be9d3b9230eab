package io.buckbench.input;

import java.math.BigDecimal;

/**
 * Exact decimal numbers of a sane size. A text as short as {@code 1e999999999} is a number whose
 * digits would not fit into memory once it is added to another or printed.
 */
public final class Decimals {
  /** The most digits before the point, and the most after it. */
  public static final int MOST_DIGITS = 40;

  private static final String EXPECTED =
      "a decimal number with at most " + MOST_DIGITS + " digits before and after the point";

  private Decimals() {}

  /**
   * Parses a number.
   *
   * @throws NumberFormatException if it is none, or has more than {@value #MOST_DIGITS} digits
   *     before or after the point
   */
  public static BigDecimal parse(String text) {
    // Java's parser takes quadratic time.
    if (text.length() > 4 * MOST_DIGITS) {
      throw new NumberFormatException("a number of " + text.length() + " characters");
    }
    BigDecimal number = new BigDecimal(text);
    if (!isSane(number)) {
      throw new NumberFormatException(text + ", expected " + EXPECTED);
    }
    return number;
  }

  /** Whether a number has at most {@value #MOST_DIGITS} digits before and after the point. */
  public static boolean isSane(BigDecimal number) {
    long before = (long) number.precision() - number.scale();
    return number.scale() <= MOST_DIGITS && before <= MOST_DIGITS;
  }
}
