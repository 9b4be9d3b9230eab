package io.buckbench.report;

import io.buckbench.data.Answers;
import io.buckbench.record.Provenance;
import io.buckbench.statistics.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats numbers for readers, independent of the locale. */
final class Formats {
  /** A table names up to this many answers in a header. */
  private static final int ANSWERS_NAMED = 3;

  private Formats() {}

  /** The processes that ran at the same time, on which measured seconds and dollars depend. */
  static String processes(Provenance p) {
    return p.workers()
        + (p.workers() == 1 ? " worker, " : " workers at the same time, ")
        + p.threads()
        + (p.threads() == 1 ? " thread" : " threads")
        + (p.workers() == 1 ? "" : " each");
  }

  /** A share as a percentage with one digit; a dash for NaN. */
  static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** For example {@code 61.3 [58.9, 63.7]}, in percent. */
  static String interval(Interval i) {
    return percent(i.estimate()) + " [" + percent(i.low()) + ", " + percent(i.high()) + "]";
  }

  /** A number with the given number of decimals; a dash for NaN. */
  static String decimal(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A p value with three decimals, or {@code < 0.001}; a dash for NaN. */
  static String pValue(double p) {
    return Double.isNaN(p) ? "-" : p < 0.001 ? "< 0.001" : decimal(p, 3);
  }

  /** An integer, for example {@code 12,345}. */
  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** Dollars with at least two decimals and at least three significant digits. */
  static String usd(BigDecimal usd) {
    if (usd.signum() == 0) {
      return "0";
    }
    int digits = Math.max(2, usd.scale() - usd.precision() + 3);
    return usd.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** The measured cost of a trial, and what is beyond its budget. */
  static String usd(ConfigurationSummary c) {
    String beyond = c.beyond();
    return usd(c.usd()) + (beyond.isEmpty() ? "" : " (" + beyond + ")");
  }

  /** For example {@code learned 2, collapsed 1}. */
  static String pairs(Map<String, ?> pairs) {
    return pairs.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** How a column is called that says how many texts are answers: {@code answers yes or no}. */
  static String inFormat(Optional<Answers> answers) {
    return answers
        .filter(known -> known.size() <= ANSWERS_NAMED)
        .map(known -> "answers " + known.either())
        .orElse("texts that are answers");
  }
}
