package io.buckbench.report;

import io.buckbench.record.Provenance;
import io.buckbench.statistics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats numbers for readers, independent of the locale. */
public final class Formats {
  private static final String UNITS = " kMGT";

  private Formats() {}

  /** The processes that ran at the same time, on which measured seconds and dollars depend. */
  public static String processes(Provenance p) {
    return p.workers()
        + (p.workers() == 1 ? " worker, " : " workers at the same time, ")
        + p.threads()
        + (p.threads() == 1 ? " thread" : " threads")
        + (p.workers() == 1 ? "" : " each");
  }

  /** A share as a percentage with one digit; a dash for NaN. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** For example {@code 61.3 [58.9, 63.7]}, in percent. */
  public static String interval(Interval i) {
    return percent(i.estimate()) + " [" + percent(i.low()) + ", " + percent(i.high()) + "]";
  }

  /** A number with the given number of decimals; a dash for NaN. */
  public static String decimal(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A p value with three decimals, or {@code < 0.001}; a dash for NaN. */
  public static String pValue(double p) {
    return Double.isNaN(p) ? "-" : p < 0.001 ? "< 0.001" : decimal(p, 3);
  }

  /** An integer, for example {@code 12,345}. */
  public static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A number with three significant digits; a dash for NaN. */
  public static String significant(double value) {
    return Double.isNaN(value) || Double.isInfinite(value)
        ? "-"
        : new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  /** Bytes in decimal units, such as {@code 1.8 MB}; a dash for NaN. */
  public static String bytes(double bytes) {
    if (Double.isNaN(bytes)) {
      return "-";
    }
    int unit = 0;
    double value = bytes;
    while (value >= 1000 && unit < UNITS.length() - 1) {
      value /= 1000;
      unit++;
    }
    return significant(value) + (unit == 0 ? " B" : " " + UNITS.charAt(unit) + "B");
  }

  /** Dollars with at least two decimals and at least three significant digits. */
  public static String usd(BigDecimal usd) {
    if (usd.signum() == 0) {
      return "0";
    }
    int digits = Math.max(2, usd.scale() - usd.precision() + 3);
    return usd.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** The measured cost of a trial, and what is beyond its budget. */
  public static String usd(ConfigurationSummary c) {
    String beyond = c.beyond();
    return usd(c.usd()) + (beyond.isEmpty() ? "" : " (" + beyond + ")");
  }

  /** For example {@code learned 2, collapsed 1}. */
  public static String pairs(Map<String, ?> pairs) {
    return pairs.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
