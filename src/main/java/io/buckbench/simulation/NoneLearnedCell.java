package io.buckbench.simulation;

import io.buckbench.statistics.Interval;
import io.buckbench.statistics.Learning.Ending;
import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.Sample;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One setting of the study of rows of which no seed learned. Two upper ends of their mean are
 * compared: that of a row whose seeds all train alike, and the one in use, which lets a seed that
 * learns score anything up to 100 %.
 *
 * @param population how the seeds of a row score
 * @param seeds number of seeds of a row
 */
record NoneLearnedCell(Population population, int seeds) {
  static final int ITEMS = 600;

  private static final double ONE_SIDED = 0.025;

  /**
   * Shares of the replicates.
   *
   * @param none of which no seed learned
   * @param alike of those: the interval of a row whose seeds train alike covers the true mean
   * @param used of those: the interval in use does
   * @param coveredAlike of all, with the first interval where no seed learned
   * @param coveredUsed of all, with the interval in use
   * @param falselyBelowAlike of all: a test at 2.5 % finds the mean below the true one, with the
   *     first interval where no seed learned
   * @param falselyBelow of all: the test in use does
   */
  record Rates(
      double none,
      double alike,
      double used,
      double coveredAlike,
      double coveredUsed,
      double falselyBelowAlike,
      double falselyBelow) {}

  static List<NoneLearnedCell> cells() {
    return List.of(0.05, 0.1, 0.2, 0.33, 0.5).stream()
        .flatMap(
            learns ->
                List.of(0.77, 0.98).stream()
                    .map(
                        score ->
                            new Population(
                                "learns " + learns + ", to " + Math.round(100 * score) + " %",
                                score,
                                0.005,
                                learns)))
        .flatMap(
            population ->
                List.of(3, 5, 8).stream().map(seeds -> new NoneLearnedCell(population, seeds)))
        .toList();
  }

  Rates simulate(int replicates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CoverageCell rows = new CoverageCell(population, ItemModel.ALIKE, seeds, ITEMS);
    double truth = population.mean();
    int none = 0;
    int[] covered = new int[4];
    int[] below = new int[2];
    for (int r = 0; r < replicates; r++) {
      double[] easiness = ItemModel.ALIKE.items(ITEMS, random);
      Sample row = rows.row(easiness, ItemModel.ALIKE.allYes(easiness, random), random);
      LinearStatistic used = LinearStatistic.mean(row);
      boolean noneLearned = row.learning().endings().stream().noneMatch(e -> e == Ending.LEARNED);
      LinearStatistic alike =
          noneLearned
              ? LinearStatistic.mean(Sample.ofShare(row.values(), Regime.STEADY, row.learning()))
              : used;
      none += noneLearned ? 1 : 0;
      covered[0] += noneLearned && covers(alike.interval(), truth) ? 1 : 0;
      covered[1] += noneLearned && covers(used.interval(), truth) ? 1 : 0;
      covered[2] += covers(alike.interval(), truth) ? 1 : 0;
      covered[3] += covers(used.interval(), truth) ? 1 : 0;
      below[0] += alike.isBelow(truth, ONE_SIDED) ? 1 : 0;
      below[1] += used.isBelow(truth, ONE_SIDED) ? 1 : 0;
    }
    double all = replicates;
    return new Rates(
        none / all,
        (double) covered[0] / none,
        (double) covered[1] / none,
        covered[2] / all,
        covered[3] / all,
        below[0] / all,
        below[1] / all);
  }

  private static boolean covers(Interval interval, double truth) {
    return interval.low() <= truth && truth <= interval.high();
  }

  static String markdown(int replicates, long seed, Consumer<String> progress) {
    StringBuilder text =
        new StringBuilder(
            "| seeds' scores | seeds | none learned % | of these covered %: alike | in use | all"
                + " covered %: alike | in use | falsely below %: alike | in use |\n"
                + "|---|---|---|---|---|---|---|---|---|\n");
    List<NoneLearnedCell> cells = cells();
    for (int i = 0; i < cells.size(); i++) {
      text.append(cells.get(i).line(cells.get(i).simulate(replicates, seed + i)));
      progress.accept("none learned: " + (i + 1) + " of " + cells.size());
    }
    return text.toString();
  }

  /** A line of the table. */
  String line(Rates r) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |\n",
        population.name(),
        seeds,
        100 * r.none(),
        100 * r.alike(),
        100 * r.used(),
        100 * r.coveredAlike(),
        100 * r.coveredUsed(),
        100 * r.falselyBelowAlike(),
        100 * r.falselyBelow());
  }
}
