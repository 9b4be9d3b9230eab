package io.buckbench.report;

import io.buckbench.eval.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers for a person to read, the same in every locale. */
final class Words {
  private Words() {}

  /** A share as a percentage with one digit; a dash where there is none. */
  static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** For example {@code 61.3 [58.9, 63.7]}, in percent. */
  static String interval(Interval i) {
    return percent(i.estimate()) + " [" + percent(i.low()) + ", " + percent(i.high()) + "]";
  }

  /** A number with so many digits after the point; a dash where there is none. */
  static String decimal(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A p value: three digits after the point, or {@code < 0.001}. */
  static String pValue(double p) {
    return Double.isNaN(p) ? "-" : p < 0.001 ? "< 0.001" : decimal(p, 3);
  }

  /** Thousands separated, for example {@code 12,345}. */
  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** Dollars: cents where they are cents, and three significant digits below. */
  static String usd(BigDecimal usd) {
    if (usd.signum() == 0) {
      return "0";
    }
    int digits = Math.max(2, usd.scale() - usd.precision() + 3);
    return usd.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** For example {@code learned 2, collapsed 1}. */
  static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** For example {@code Java 17.0.9, PyTorch 2.5.1}. */
  static String versions(Map<String, String> versions) {
    return versions.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
