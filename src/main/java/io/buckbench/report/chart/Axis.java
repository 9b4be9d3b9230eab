package io.buckbench.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a chart.
 *
 * @param low the smallest number shown
 * @param high the largest number shown, above {@code low}
 * @param logarithmic whether the scale is logarithmic; {@code low} is then positive
 */
public record Axis(double low, double high, boolean logarithmic) {
  private static final double WANTED_TICKS = 6;

  public Axis {
    if (!(low < high) || (logarithmic && low <= 0)) {
      throw new IllegalArgumentException("axis from " + low + " to " + high);
    }
  }

  /** A linear axis with a small margin around the values. */
  public static Axis around(List<Double> values) {
    double low = values.stream().mapToDouble(v -> v).min().orElse(0);
    double high = values.stream().mapToDouble(v -> v).max().orElse(1);
    if (low == high) {
      double air = low == 0 ? 1 : Math.abs(low) / 2;
      return new Axis(low - air, high + air, false);
    }
    double air = (high - low) * 0.04;
    // The margin does not extend below 0 unless values do.
    return new Axis(low >= 0 ? Math.max(0, low - air) : low - air, high + air, false);
  }

  /** A logarithmic axis with a margin around positive values. */
  public static Axis logAround(List<Double> values) {
    double low = values.stream().mapToDouble(v -> v).min().orElse(1);
    double high = values.stream().mapToDouble(v -> v).max().orElse(10);
    return new Axis(low / 1.5, high * 1.5, true);
  }

  /** The position of a number: 0 at the low end, 1 at the high end. */
  public double place(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Round numbers on the axis; on a logarithmic one 1, 2 and 5 times powers of ten. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      for (int e = (int) Math.floor(Math.log10(low)); e <= Math.log10(high); e++) {
        for (int digit : new int[] {1, 2, 5}) {
          addIfInside(ticks, rounded(digit * Math.pow(10, e)));
        }
      }
      return ticks;
    }
    double step = niceStep((high - low) / WANTED_TICKS);
    for (double i = Math.ceil(low / step); i * step <= high; i++) {
      addIfInside(ticks, rounded(i * step));
    }
    return ticks;
  }

  /** The label of a tick, without an exponent and independent of the locale. */
  public static String label(double tick) {
    return tick == 0 ? "0" : BigDecimal.valueOf(tick).stripTrailingZeros().toPlainString();
  }

  private void addIfInside(List<Double> ticks, double tick) {
    if (low <= tick && tick <= high) {
      ticks.add(tick);
    }
  }

  private static double niceStep(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    double ratio = atLeast / power;
    double digit = ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10;
    return digit * power;
  }

  /** Rounds away floating-point error, such as that of 3 x 0.1 = 0.30000000000000004. */
  private static double rounded(double tick) {
    return new BigDecimal(tick).round(new MathContext(10)).doubleValue();
  }
}
