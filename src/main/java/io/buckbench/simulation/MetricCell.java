package io.buckbench.simulation;

import io.buckbench.statistics.Interval;
import io.buckbench.statistics.Learning;
import io.buckbench.statistics.Learning.Ending;
import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.RocArea;
import io.buckbench.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One setting of the study of metrics that average over the classes: balanced accuracy, and the
 * area under the ROC curve. The population's numbers are those of the metric; a collapsed seed has
 * 50 %, and its scores do not tell the classes apart.
 *
 * @param area whether the metric is the area
 * @param population how the seeds of a row score
 * @param model how items differ
 * @param seeds number of seeds of a row
 */
record MetricCell(boolean area, Population population, ItemModel model, int seeds) {
  static final int ITEMS = 600;

  private static final double CHANCE = 0.5;
  private static final double ONE_SIDED = 0.025;
  private static final int YES_ITEMS = (int) (Population.ALL_YES * ITEMS);

  /**
   * How often intervals and tests were right, as shares of the replicates.
   *
   * @param covered the interval of a row's mean contains the true mean
   * @param width mean width of that interval
   * @param falselyDifferent a two-sided test at 5 % finds a difference between two rows alike
   */
  record Rates(double covered, double width, double falselyDifferent) {}

  Rates simulate(int replicates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double truth = population.learns() * population.learned() + (1 - population.learns()) * CHANCE;
    double[] sums = new double[3];
    for (int r = 0; r < replicates; r++) {
      double[] easiness = model.items(ITEMS, random);
      Sample first = row(easiness, random);
      LinearStatistic between = LinearStatistic.difference(first, row(easiness, random));
      Interval mean = LinearStatistic.mean(first).interval();
      sums[0] += mean.low() <= truth && truth <= mean.high() ? 1 : 0;
      sums[1] += mean.high() - mean.low();
      sums[2] += between.isAbove(0, ONE_SIDED) || between.isBelow(0, ONE_SIDED) ? 1 : 0;
    }
    return new Rates(sums[0] / replicates, sums[1] / replicates, sums[2] / replicates);
  }

  private Sample row(double[] easiness, SplittableRandom random) {
    boolean[] wanted = new boolean[ITEMS];
    int[] classOf = new int[ITEMS];
    for (int i = 0; i < YES_ITEMS; i++) {
      wanted[i] = true;
      classOf[i] = 1;
    }
    double[][] values = new double[seeds][];
    double[] perSeed = new double[seeds];
    List<Ending> endings = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      boolean collapsed = population.drawsCollapse(random);
      endings.add(collapsed ? Ending.COLLAPSED : Ending.LEARNED);
      double level = collapsed ? CHANCE : population.drawAccuracy(random);
      if (area) {
        RocArea curve = RocArea.of(scores(level, easiness, wanted, random), wanted);
        values[s] = curve.placements();
        perSeed[s] = curve.area();
      } else {
        values[s] = collapsed ? allYes(wanted) : model.answers(level, easiness, random);
        perSeed[s] = meanOfClasses(values[s]);
      }
    }
    double weight = area ? 1 : 0.5;
    return new Sample(
        perSeed,
        values,
        classOf,
        new double[] {weight, weight},
        false,
        population.collapses() ? Regime.PRONE : Regime.STEADY,
        new Learning(endings, CHANCE, CHANCE, 1));
  }

  /** Scores of unit variance within a class, which give an area over all items. */
  private double[] scores(
      double level, double[] easiness, boolean[] wanted, SplittableRandom random) {
    double shared = Double.parseDouble(model.correlation());
    double apart = Math.sqrt(2) * Normal.quantile(level);
    double[] scores = new double[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      scores[i] =
          (wanted[i] ? apart : 0)
              + Math.sqrt(shared) * easiness[i]
              + Math.sqrt(1 - shared) * random.nextGaussian();
    }
    return scores;
  }

  private static double[] allYes(boolean[] wanted) {
    double[] right = new double[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      right[i] = wanted[i] ? 1 : 0;
    }
    return right;
  }

  private static double meanOfClasses(double[] right) {
    double yes = 0;
    double no = 0;
    for (int i = 0; i < ITEMS; i++) {
      yes += i < YES_ITEMS ? right[i] : 0;
      no += i < YES_ITEMS ? 0 : right[i];
    }
    return (yes / YES_ITEMS + no / (ITEMS - YES_ITEMS)) / 2;
  }
}
