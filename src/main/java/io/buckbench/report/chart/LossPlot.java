package io.buckbench.report.chart;

import io.buckbench.record.RunRecord;
import io.buckbench.train.StepMetric;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The training loss of one trial, as a file of its own. */
public final class LossPlot {
  /** More points would make the file larger but not the picture better. */
  static final int MAX_POINTS = 250;

  private LossPlot() {}

  /**
   * The loss curve of a trial. With more than {@value #MAX_POINTS} steps, each point is the mean of
   * several consecutive steps, as the title notes. Losses that are not finite are counted there.
   *
   * @return an SVG document, also without any finite loss
   */
  public static String svg(RunRecord run) {
    double[] losses = run.steps().stream().mapToDouble(StepMetric::loss).toArray();
    long odd = Arrays.stream(losses).filter(loss -> !Double.isFinite(loss)).count();
    int width = (losses.length + MAX_POINTS - 1) / MAX_POINTS;
    String title =
        run.suite()
            + " "
            + run.configuration()
            + ", seed "
            + run.seed()
            + (losses.length == 0 ? ": nothing trained" : ": training loss")
            + (width > 1 ? ", mean of " + width + " steps" : "")
            + (odd > 0 ? ", " + odd + " not finite" : "");
    double usd = losses.length == 0 ? 0 : run.cost().spentUsd().doubleValue() / losses.length;
    return new LossChart(
            Family.of(run.declared().method()),
            List.of(new LossChart.Row("seed " + run.seed(), List.of(losses), MAX_POINTS)),
            OptionalDouble.empty(),
            usd)
        .picture(title);
  }
}
