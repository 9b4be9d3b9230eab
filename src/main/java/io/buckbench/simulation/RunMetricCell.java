package io.buckbench.simulation;

import io.buckbench.statistics.Interval;
import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * One setting of the study of metrics that are one number of a run, such as a loss, a log
 * likelihood, or a ratio of perplexities: Student's t over seeds, without items.
 *
 * @param law how the seeds' numbers are distributed
 * @param seeds number of seeds of a row
 */
record RunMetricCell(Law law, int seeds) {
  private static final double ONE_SIDED = 0.025;

  /**
   * A distribution over seeds.
   *
   * @param name for tables
   * @param mean its expected value
   * @param draw draws a number
   */
  record Law(String name, double mean, ToDoubleFunction<SplittableRandom> draw) {
    static Law normal() {
      return new Law("normal", 0.5, random -> 0.5 + 0.02 * random.nextGaussian());
    }

    /** The exponential of a normal number: a ratio of perplexities is skewed in this way. */
    static Law logNormal(double sd) {
      return new Law(
          "log-normal, sd of the logarithm " + sd,
          Math.exp(sd * sd / 2),
          random -> Math.exp(sd * random.nextGaussian()));
    }

    /**
     * Losses of seeds that learn, 0.35, and of those that collapse, 0.60, as on the control task.
     */
    static Law learning(double learns) {
      return new Law(
          "learns " + learns + ", two levels",
          learns * 0.35 + (1 - learns) * 0.6,
          random -> (random.nextDouble() < learns ? 0.35 : 0.6) + 0.01 * random.nextGaussian());
    }
  }

  /**
   * How often intervals and tests were right, as shares of the replicates.
   *
   * @param covered the interval of a row's mean contains the true mean
   * @param falselyDifferent a two-sided test at 5 % finds a difference between two rows alike
   */
  record Rates(double covered, double falselyDifferent) {}

  static List<RunMetricCell> cells() {
    List<RunMetricCell> cells = new ArrayList<>();
    for (Law law :
        List.of(
            Law.normal(),
            Law.logNormal(0.2),
            Law.logNormal(0.5),
            Law.logNormal(0.9),
            Law.learning(0.5),
            Law.learning(0.9))) {
      for (int seeds : List.of(3, 5, 8, 20)) {
        cells.add(new RunMetricCell(law, seeds));
      }
    }
    return cells;
  }

  Rates simulate(int replicates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int covered = 0;
    int different = 0;
    for (int r = 0; r < replicates; r++) {
      Sample first = row(random);
      LinearStatistic between = LinearStatistic.difference(first, row(random));
      Interval mean = LinearStatistic.mean(first).interval();
      covered += mean.low() <= law.mean() && law.mean() <= mean.high() ? 1 : 0;
      different += between.isAbove(0, ONE_SIDED) || between.isBelow(0, ONE_SIDED) ? 1 : 0;
    }
    return new Rates((double) covered / replicates, (double) different / replicates);
  }

  private Sample row(SplittableRandom random) {
    double[] perSeed = new double[seeds];
    for (int s = 0; s < seeds; s++) {
      perSeed[s] = law.draw().applyAsDouble(random);
    }
    return Sample.ofRuns(perSeed, Regime.STEADY);
  }

  static String markdown(int replicates, long seed, Consumer<String> progress) {
    StringBuilder text =
        new StringBuilder(
            "| seeds' numbers | seeds | mean: covered % | two rows alike: falsely different % |\n"
                + "|---|---|---|---|\n");
    List<RunMetricCell> cells = cells();
    for (int i = 0; i < cells.size(); i++) {
      RunMetricCell cell = cells.get(i);
      text.append(cell.line(cell.simulate(replicates, seed + i)));
      progress.accept("numbers of runs: " + (i + 1) + " of " + cells.size());
    }
    return text.toString();
  }

  /** A line of the table. */
  String line(Rates r) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f |\n",
        law.name(),
        seeds,
        100 * r.covered(),
        100 * r.falselyDifferent());
  }
}
