package io.buckbench.report.chart;

import io.buckbench.report.markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A small curve of a row's accuracy over runs.
 *
 * @param accuracies in percent, oldest first; NaN where the row was not run
 */
public record HistoryCurve(List<Double> accuracies) {
  private static final double HEIGHT = 24;
  private static final double LEAST_SPAN = 10;

  /** An axis of at least {@value #LEAST_SPAN} points, so that noise does not look like a fall. */
  private static Axis y(List<Double> known) {
    Axis around = Axis.around(known);
    double air = Math.max(0, (LEAST_SPAN - (around.high() - around.low())) / 2);
    return new Axis(around.low() - air, around.high() + air, false);
  }

  /** The curve, with a mark for each run. */
  public Element strip() {
    List<Double> known = accuracies.stream().filter(a -> !a.isNaN()).toList();
    List<Element> all = new ArrayList<>();
    if (!known.isEmpty()) {
      Axis y = y(known);
      Axis x = new Axis(0, Math.max(1, accuracies.size() - 1), false);
      Plot plot = new Plot(x, y, 4, 96, 4, HEIGHT - 4);
      List<Plot.Point> points = new ArrayList<>();
      for (int i = 0; i < accuracies.size(); i++) {
        if (!accuracies.get(i).isNaN()) {
          points.add(new Plot.Point(i, accuracies.get(i)));
        }
      }
      all.add(plot.curves(List.of(plot.curve("past", points))));
      for (Plot.Point p : points) {
        all.add(
            Element.of("circle")
                .css("dot")
                .percent("cx", plot.atX(p.x()))
                .set("cy", plot.atY(p.y()))
                .set("r", 1.8));
      }
    }
    String words =
        known.isEmpty()
            ? "no earlier run"
            : String.format(
                Locale.ROOT,
                "%d runs, from %.1f to %.1f %%",
                known.size(),
                known.get(0),
                known.get(known.size() - 1));
    return Element.of("svg")
        .css("strip")
        .set("role", "img")
        .set("aria-label", words)
        .set("width", "100%")
        .set("height", HEIGHT)
        .add(Element.of("title", words))
        .add(all);
  }
}
