package io.buckbench.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * One-sided bounds of the probability of success after some successes in some tries. Both numbers
 * may be fractions, as for an effective sample size.
 */
final class BinomialShare {
  /** Counts that differ from a whole one by rounding only. */
  private static final double ROUNDING = 1e-9;

  private BinomialShare() {}

  /**
   * An end of the interval of a share of items: Clopper and Pearson's for the effective number of
   * items, at most all of them, that another interval's reach implies (Korn and Graubard 1998).
   *
   * @param down whether the lower end
   * @param reach the distance from the share to that other interval's end
   * @param tail the probability beyond the end
   */
  static double end(boolean down, double share, int items, double reach, double tail) {
    double effective = items;
    if (share > ROUNDING && share < 1 - ROUNDING) {
      double inReach = Quantiles.z(tail) / reach;
      effective = Math.min(items, share * (1 - share) * inReach * inReach);
    }
    return down
        ? Bound.EXACT.low(effective * share, effective, tail)
        : Bound.EXACT.high(effective * share, effective, tail);
  }

  /** Which bound is used. */
  enum Bound {
    /** About right on average: quantiles of the posterior from Jeffreys' prior. For intervals. */
    JEFFREYS(0.5, 0.5),
    /** Right for every probability: Clopper and Pearson (1934). For tests. */
    EXACT(0, 1);

    private final double moreSuccesses;
    private final double moreFailures;

    Bound(double moreSuccesses, double moreFailures) {
      this.moreSuccesses = moreSuccesses;
      this.moreFailures = moreFailures;
    }

    /** The lower bound; the true probability is below it with the probability of the tail. */
    double low(double successes, double tries, double tail) {
      return successes <= ROUNDING
          ? 0
          : BetaDistribution.of(
                  successes + moreSuccesses, Math.max(0, tries - successes) + moreFailures)
              .inverseCumulativeProbability(tail);
    }

    /** The upper bound; the true probability is above it with the probability of the tail. */
    double high(double successes, double tries, double tail) {
      return 1 - low(tries - successes, tries, tail);
    }
  }
}
