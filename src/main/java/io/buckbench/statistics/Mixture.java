package io.buckbench.statistics;

import io.buckbench.statistics.BinomialShare.Bound;
import io.buckbench.statistics.Learning.Ending;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A row whose seeds either learn or collapse: its mean is the probability of learning times what
 * learning gains, above what a collapsed seed scores. A few seeds that are alike say little about
 * that probability, which a variance between seeds cannot show.
 *
 * @param learned number of seeds that learned; a fraction in a hypothetical row
 * @param seeds number of seeds
 * @param gain mean of the seeds that learned minus that of those that collapsed; negative if a seed
 *     that learns scores less
 * @param variance of the seeds that learned, or of all if none did
 * @param below if none learned, how far below the mean a seed that learns can score; 0 or more
 * @param above if none learned, how far above the mean a seed that learns can score; 0 or more
 */
record Mixture(
    double learned, double seeds, double gain, double variance, double below, double above) {

  /**
   * The mixture of a row that may collapse. Empty if it cannot collapse, if seeds that learned and
   * seeds with a third ending are mixed, and if nothing is known of a collapsed seed's score.
   */
  static Optional<Mixture> of(Sample row) {
    Learning learning = row.learning();
    if (row.regime() != Regime.PRONE || learning.endings().size() != row.seeds()) {
      return Optional.empty();
    }
    double[] learned = learning.of(Ending.LEARNED, row.perSeed());
    double[] collapsed = learning.of(Ending.COLLAPSED, row.perSeed());
    if (learned.length == 0) {
      double mean = row.mean();
      return Optional.of(
          new Mixture(
              0,
              row.seeds(),
              0,
              row.seeds() > 1 ? Moments.variance(row.perSeed()) : 0,
              Math.max(0, mean - learning.lowest()),
              Math.max(0, learning.highest() - mean)));
    }
    double score = collapsed.length > 0 ? Moments.mean(collapsed) : learning.collapsedScore();
    if (learned.length + collapsed.length < row.seeds() || Double.isNaN(score)) {
      return Optional.empty();
    }
    return Optional.of(
        new Mixture(
            learned.length,
            row.seeds(),
            Moments.mean(learned) - score,
            learned.length > 1 ? Moments.variance(learned) : 0,
            0,
            0));
  }

  /** The share of the seeds that learned. */
  double share() {
    return learned / seeds;
  }

  /** This row with another number of seeds, of which the same share learned. */
  Mixture withSeeds(int other) {
    return new Mixture(share() * other, other, gain, variance, below, above);
  }

  /** Variance of the mean between samples of seeds. */
  double variance(double ofSeeds) {
    double p = share();
    return (p * (1 - p) * gain * gain + (learned == 0 ? 1 : p) * variance) / ofSeeds;
  }

  /**
   * The squared distance from the mean to its bound.
   *
   * @param down whether to the lower bound
   * @param tail the probability beyond it
   */
  double reach(boolean down, double tail, Bound bound) {
    double p = share();
    double within = learned == 0 ? seeds : learned;
    double between = 0;
    if (within > 1 && variance > 0) {
      double t = TDistribution.of(within - 1).inverseSurvivalProbability(tail);
      double weight = learned == 0 ? 1 : p;
      between = t * t * weight * weight * variance / within;
    }
    double far;
    if (learned == 0) {
      far = bound.high(0, seeds, tail) * (down ? below : above);
    } else if (down == gain >= 0) {
      far = (p - bound.low(learned, seeds, tail)) * gain;
    } else {
      far = (bound.high(learned, seeds, tail) - p) * gain;
    }
    return far * far + between;
  }
}
