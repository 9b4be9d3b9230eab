package io.buckbench.budget;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a machine's price as quoted by the provider, for example {@code 1810.40/month} or
 * {@code 0.35/hour}.
 *
 * @param usd dollars, exact
 * @param per the time that they pay for
 */
public record Price(BigDecimal usd, Per per) {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)/(hour|month)");

  /** The unit of time of a price. */
  public enum Per {
    HOUR,
    MONTH
  }

  /** Parses a price such as {@code 0.35/hour} or {@code 20/month}; empty for any other text. */
  public static Optional<Price> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Per per = Per.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
    return Optional.of(new Price(new BigDecimal(matcher.group(1)), per));
  }

  /** Dollars per month of the given number of hours. */
  public BigDecimal usdPerMonth(int hoursPerMonth) {
    return per == Per.MONTH ? usd : usd.multiply(BigDecimal.valueOf(hoursPerMonth));
  }

  @Override
  public String toString() {
    return usd.toPlainString() + "/" + per.name().toLowerCase(Locale.ROOT);
  }
}
