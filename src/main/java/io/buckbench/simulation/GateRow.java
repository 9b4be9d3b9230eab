package io.buckbench.simulation;

import io.buckbench.statistics.AccuracyChange.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A row of a simulated suite that is accepted once and run again.
 *
 * @param population how its accepted seeds score
 * @param correlation of a seed's accepted and fresh score: near 1 if a machine repeats a seed, 0 if
 *     it draws a new one
 * @param drop how much lower the fresh seeds that learn score
 * @param learnsNow the probability that a fresh seed learns
 */
record GateRow(Population population, double correlation, double drop, double learnsNow) {
  /** A row that does not change. */
  static GateRow unchanged(Population population, double correlation) {
    return new GateRow(population, correlation, 0, population.learns());
  }

  GateRow dropping(double points) {
    return new GateRow(population, correlation, points / 100, learnsNow);
  }

  GateRow learning(double probability) {
    return new GateRow(population, correlation, drop, probability);
  }

  /**
   * Accepted and fresh trials; those of one seed have a common part.
   *
   * @param before number of accepted trials
   * @param after number of fresh trials, which have the first of the accepted seeds
   * @param firstSeed their smallest seed
   */
  Trials draw(int before, int after, long firstSeed, SplittableRandom random) {
    List<Outcome> accepted = new ArrayList<>();
    List<Outcome> fresh = new ArrayList<>();
    double rest = Math.sqrt(1 - correlation * correlation);
    for (int s = 0; s < Math.max(before, after); s++) {
      double score = random.nextGaussian();
      double luck = random.nextGaussian();
      if (s < before) {
        accepted.add(outcome(firstSeed + s, score, luck, 0, population.learns()));
      }
      if (s < after) {
        double again = correlation * score + rest * random.nextGaussian();
        double luckAgain = correlation * luck + rest * random.nextGaussian();
        fresh.add(outcome(firstSeed + s, again, luckAgain, drop, learnsNow));
      }
    }
    return new Trials(accepted, fresh);
  }

  private Outcome outcome(long seed, double score, double luck, double fallen, double learns) {
    boolean collapsed = learns < 1 && luck > Normal.quantile(learns);
    double accuracy = population.learned() + population.sd() * score - fallen;
    return new Outcome(seed, collapsed ? Population.ALL_YES : accuracy, collapsed);
  }

  /** Accepted and fresh trials. */
  record Trials(List<Outcome> accepted, List<Outcome> fresh) {}
}
