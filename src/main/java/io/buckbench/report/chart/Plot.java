package io.buckbench.report.chart;

import io.buckbench.report.markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * The area of a chart that has axes.
 *
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param left of the area, in percent
 * @param right of the area, in percent
 * @param top of the area, in pixels
 * @param bottom of the area, in pixels
 */
record Plot(Axis x, Axis y, double left, double right, double top, double bottom) {
  /** Points of a curve are whole numbers up to this one in either direction. */
  private static final double FINE = 1000;

  /** The least distance between two labels of the horizontal axis, in percent. */
  private static final double LABEL_GAP = 9;

  /** A point of a curve, in the units of the axes. */
  record Point(double x, double y) {}

  /** The position of a number on the horizontal axis, in percent. */
  double atX(double value) {
    return left + (right - left) * x.place(value);
  }

  /** The position of a number on the vertical axis, in pixels. */
  double atY(double value) {
    return bottom - (bottom - top) * y.place(value);
  }

  /** The grid with its labels, and the titles of both axes. */
  List<Element> grid(String xTitle, String yTitle) {
    List<Element> all = new ArrayList<>();
    for (double tick : y.ticks()) {
      all.add(Drawing.line("grid", left, atY(tick), right, atY(tick)));
      all.add(Drawing.text("soft", left - 1, atY(tick) + 4, "end", Axis.label(tick)));
    }
    all.addAll(xLabels(bottom + 16, Axis::label));
    all.add(Drawing.text("soft", (left + right) / 2, bottom + 33, "middle", xTitle));
    all.add(Drawing.text("soft", 0, top - 10, "start", yTitle));
    return all;
  }

  /** Labels of the horizontal axis at a height, as many as fit. */
  List<Element> xLabels(double height, DoubleFunction<String> words) {
    List<Element> all = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    for (double tick : x.ticks()) {
      String label = words.apply(tick);
      double at = atX(tick);
      if (at - last >= Math.max(LABEL_GAP, Drawing.width(label) + 2)) {
        all.add(Drawing.text("soft", at, height, "middle", label));
        last = at;
      }
    }
    return all;
  }

  /** Curves inside the area; those of one call share a coordinate system. */
  Element curves(List<Element> polylines) {
    return Element.of("svg")
        .percent("x", left)
        .set("y", top)
        .percent("width", right - left)
        .set("height", bottom - top)
        .set("viewBox", "0 0 1000 1000")
        .set("preserveAspectRatio", "none")
        .add(polylines);
  }

  /** A curve for {@link #curves}. */
  Element curve(String css, List<Point> points) {
    return Element.of("polyline")
        .css(css)
        .set(
            "points",
            points.stream()
                .map(
                    p ->
                        String.format(
                            Locale.ROOT,
                            "%d,%d",
                            Math.round(FINE * x.place(p.x)),
                            Math.round(FINE * (1 - y.place(p.y)))))
                .collect(Collectors.joining(" ")));
  }
}
