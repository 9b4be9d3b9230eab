package io.buckbench.report;

import io.buckbench.record.RunRecord;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.List;

/** A chart of loss against step, as SVG. */
public final class LossPlot {
  /** More points would make the file larger but not the picture better. */
  static final int MAX_POINTS = 250;

  private LossPlot() {}

  /**
   * The loss curve of a trial. With more than {@value #MAX_POINTS} steps, each point is the mean of
   * several consecutive steps, as the legend notes. Losses that are not finite are counted there.
   *
   * @return an SVG document, also without any finite loss
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
