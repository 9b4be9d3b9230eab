package io.buckbench.simulation;

import io.buckbench.statistics.Interval;
import io.buckbench.statistics.Learning;
import io.buckbench.statistics.Learning.Ending;
import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One setting of the coverage study.
 *
 * @param population how the seeds of a row score
 * @param model how items differ
 * @param seeds number of seeds of a row
 * @param items number of test items
 */
record CoverageCell(Population population, ItemModel model, int seeds, int items) {
  private static final double ONE_SIDED = 0.025;

  /**
   * How often intervals and tests were right, as shares of the replicates.
   *
   * @param replicates number of simulated suites
   * @param covered the interval of a row's mean contains the true mean
   * @param width mean width of that interval
   * @param gainCovered the interval of the difference to always yes contains the true one
   * @param gainWidth mean width of that interval
   * @param falselyAbove a one-sided test at 2.5 % finds the difference to always yes above the true
   *     one
   * @param falselyDifferent a two-sided test at 5 % finds a difference between two rows alike
   */
  record Rates(
      int replicates,
      double covered,
      double width,
      double gainCovered,
      double gainWidth,
      double falselyAbove,
      double falselyDifferent) {

    /** Three standard errors of a share that is estimated from the replicates. */
    double slack(double share) {
      return 3 * Math.sqrt(share * (1 - share) / replicates);
    }
  }

  /** Simulates suites of two rows alike and always yes, on common items. */
  Rates simulate(int replicates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double truth = population.mean();
    double gain = truth - Population.ALL_YES;
    double[] sums = new double[6];
    for (int r = 0; r < replicates; r++) {
      double[] easiness = model.items(items, random);
      double[] yes = model.allYes(easiness, random);
      Sample allYes = Sample.ofShare(new double[][] {yes}, Regime.FIXED, Learning.UNKNOWN);
      Sample first = row(easiness, yes, random);
      Sample second = row(easiness, yes, random);
      Interval mean = LinearStatistic.mean(first).interval();
      LinearStatistic toAllYes = LinearStatistic.difference(first, allYes);
      LinearStatistic between = LinearStatistic.difference(first, second);
      Interval difference = toAllYes.interval();
      sums[0] += mean.low() <= truth && truth <= mean.high() ? 1 : 0;
      sums[1] += mean.high() - mean.low();
      sums[2] += difference.low() <= gain && gain <= difference.high() ? 1 : 0;
      sums[3] += difference.high() - difference.low();
      sums[4] += toAllYes.isAbove(gain, ONE_SIDED) ? 1 : 0;
      sums[5] += between.isAbove(0, ONE_SIDED) || between.isBelow(0, ONE_SIDED) ? 1 : 0;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= replicates;
    }
    return new Rates(replicates, sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
  }

  Sample row(double[] easiness, double[] yes, SplittableRandom random) {
    double[][] right = new double[seeds][];
    List<Ending> endings = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      boolean collapsed = population.drawsCollapse(random);
      endings.add(collapsed ? Ending.COLLAPSED : Ending.LEARNED);
      right[s] = collapsed ? yes : model.answers(population.drawAccuracy(random), easiness, random);
    }
    double collapsedScore = mean(yes);
    return Sample.ofShare(
        right,
        population.collapses() ? Regime.PRONE : Regime.STEADY,
        new Learning(endings, collapsedScore, collapsedScore, 1));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }
}
