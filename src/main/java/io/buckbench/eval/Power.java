package io.buckbench.eval;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The power of a comparison.
 *
 * @param seeds number of trials on each side
 * @param items number of test items; 0 if the statistic is not computed from answers
 * @param detectable the smallest true effect that a two-sided test at the 5 % level detects with 80
 *     % probability, in the unit of the statistic; 0 if the statistic does not vary
 */
public record Power(int seeds, int items, double detectable) {
  private static final double Z80 = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.8);

  /** Computes the power from the statistic's standard error, assuming a normal distribution. */
  public static Power of(int seeds, int items, double standardError) {
    return new Power(seeds, items, (Interval.Z95 + Z80) * standardError);
  }

  /** Describes the power if the statistic is a share: {@code with 3 seeds and 600 ...}. */
  public String sentence(String effect) {
    return sentence(effect, 100, "points");
  }

  /**
   * Describes the power.
   *
   * @param effect the effect that would be missed, for example {@code a drop}
   * @param scale factor from the statistic to the unit
   * @param unit the unit of the effect
   */
  public String sentence(String effect, double scale, String unit) {
    return String.format(
        Locale.ROOT,
        "with %s%s %s under %s %s would be missed (80 %% power at 5 %%)%s",
        count(seeds, "seed"),
        items == 0 ? "" : " and " + count(items, "test item"),
        effect,
        new BigDecimal(scale * detectable).round(new MathContext(2)).toPlainString(),
        unit,
        seeds < 2 ? "; the spread between seeds is unknown" : "");
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
