package io.buckbench.report;

import io.buckbench.record.RunRecord;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.List;

/** Loss against step, as SVG. */
public final class LossPlot {
  /** More points than a screen can show make a larger file and no better picture. */
  static final int MAX_POINTS = 250;

  private LossPlot() {}

  /**
   * The curve of one trial. With more than {@value #MAX_POINTS} steps a point is the mean of a run
   * of steps, and the legend says how many; losses that are not finite are left out and counted.
   *
   * @return an SVG document; without a finite loss, one that says so
   */
  public static String svg(RunRecord run) {
    List<StepMetric> finite = run.steps().stream().filter(s -> Double.isFinite(s.loss())).toList();
    int left = run.steps().size() - finite.size();
    String title = run.suite() + " " + run.configuration() + ", seed " + run.seed();
    if (finite.isEmpty()) {
      title += left == 0 ? ": nothing trained" : ": no finite loss";
      return new SvgChart(title, "step", "loss").render();
    }
    int width = (finite.size() + MAX_POINTS - 1) / MAX_POINTS;
    List<Double> steps = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (int from = 0; from < finite.size(); from += width) {
      List<StepMetric> bucket = finite.subList(from, Math.min(finite.size(), from + width));
      steps.add(bucket.stream().mapToInt(StepMetric::step).average().orElseThrow());
      losses.add(bucket.stream().mapToDouble(StepMetric::loss).average().orElseThrow());
    }
    String name = width == 1 ? "loss" : "loss, mean of " + width + " steps";
    if (left > 0) {
      name += ", " + left + " not finite";
    }
    return new SvgChart(title, "step", "loss").line(name, steps, losses).render();
  }
}
