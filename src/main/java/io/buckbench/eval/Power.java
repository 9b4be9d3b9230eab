package io.buckbench.eval;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The smallest effect that a comparison would probably have found.
 *
 * @param seeds trials a side
 * @param rows test rows
 * @param detectable the smallest true effect that a two-sided test at 5 % finds with a chance of 80
 *     %, in the statistic's own unit; 0 where the statistic did not vary
 */
public record Power(int seeds, int rows, double detectable) {
  private static final double Z80 = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.8);

  /** From the statistic's standard error, taking it as normal. */
  public static Power of(int seeds, int rows, double standardError) {
    return new Power(seeds, rows, (Interval.Z95 + Z80) * standardError);
  }

  /** For a person, the statistic being a share: {@code with 3 seeds and 600 rows a ...}. */
  public String sentence(String effect) {
    return sentence(effect, 100, "points");
  }

  /**
   * For a person.
   *
   * @param effect what would be missed, for example {@code a drop}
   * @param scale from the statistic to the unit
   * @param unit of the detectable effect
   */
  public String sentence(String effect, double scale, String unit) {
    return String.format(
        Locale.ROOT,
        "with %s%s %s under %s %s would be missed (80 %% power at 5 %%)%s",
        count(seeds, "seed"),
        rows == 0 ? "" : " and " + count(rows, "row"),
        effect,
        new BigDecimal(scale * detectable).round(new MathContext(2)).toPlainString(),
        unit,
        seeds < 2 ? "; the spread between seeds is unknown" : "");
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
