package io.buckbench.report.chart;

import io.buckbench.report.markup.Element;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Accuracy against dollars, with the Pareto front. Points of one training, which serves several
 * budgets, are connected.
 *
 * @param points from the cheapest to the dearest, each with positive dollars
 * @param free the accuracies that cost nothing, in percent, by name
 */
public record CostChart(List<Point> points, Map<String, Double> free) {
  private static final double TOP = 26;
  private static final double LEFT = 9;
  private static final double RIGHT = 97;

  /** The scale is logarithmic from this ratio of the highest to the lowest cost. */
  private static final double LOGARITHMIC_FROM = 10;

  private static final double LEAST_AREA = 260;

  /**
   * A row at its cost.
   *
   * @param name of the row
   * @param training the row that was trained; several points of one are connected
   * @param family colour and mark
   * @param usd dollars of a trial
   * @param accuracy in percent
   * @param front whether it is on the Pareto front
   */
  public record Point(
      String name, String training, Family family, double usd, Interval accuracy, boolean front) {}

  /** The chart. */
  public Element chart(String id, String title) {
    return Drawing.chart(id, height(), title, words()).add(points.isEmpty() ? List.of() : drawn());
  }

  /** The chart as a file of its own. */
  public String picture(String title) {
    return Drawing.picture(title, chart("cost", title), height());
  }

  private double height() {
    return TOP + Math.max(LEAST_AREA, Drawing.LINE * 2 * points.size()) + 42;
  }

  private List<Element> drawn() {
    List<Double> dollars = points.stream().map(Point::usd).toList();
    List<Double> heights = new ArrayList<>(free.values());
    for (Point p : points) {
      heights.addAll(List.of(p.accuracy.low(), p.accuracy.estimate(), p.accuracy.high()));
    }
    heights.removeIf(v -> v.isNaN());
    double cheapest = dollars.stream().mapToDouble(v -> v).min().orElseThrow();
    double dearest = dollars.stream().mapToDouble(v -> v).max().orElseThrow();
    Axis x =
        dearest / cheapest >= LOGARITHMIC_FROM ? Axis.logAround(dollars) : Axis.around(dollars);
    Plot plot = new Plot(x, Axis.around(heights), LEFT, RIGHT, TOP, height() - 42);
    List<Element> all = new ArrayList<>(plot.grid("dollars a trial", "accuracy, %"));
    List<Labels.Box> marks = new ArrayList<>();
    for (Point p : points) {
      double at = plot.atX(p.usd);
      double y = plot.atY(p.accuracy.estimate());
      marks.add(new Labels.Box(at - 2, y - 8, at + 2, y + 8));
    }
    free.forEach(
        (name, accuracy) -> {
          double y = plot.atY(accuracy);
          all.add(Drawing.line("baseline", LEFT, y, RIGHT, y));
          String words = name + " (free)";
          all.add(Drawing.text("base", LEFT + 1, y - 5, "start", words));
          marks.add(new Labels.Box(LEFT, y - 18, LEFT + 1 + Drawing.width(words), y - 2));
        });
    lines(all, plot);
    double[] widths = points.stream().mapToDouble(p -> Drawing.width(p.name)).toArray();
    List<Labels.Box> labels =
        Labels.beside(
            marks, widths, Drawing.LINE, new Labels.Box(LEFT, TOP, RIGHT + 3, plot.bottom()));
    for (int i = 0; i < points.size(); i++) {
      Point p = points.get(i);
      double at = plot.atX(p.usd);
      Labels.Box label = labels.get(i);
      List<Element> drawn = new ArrayList<>();
      if (!Double.isNaN(p.accuracy.low())) {
        drawn.add(
            Drawing.line("range", at, plot.atY(p.accuracy.low()), at, plot.atY(p.accuracy.high())));
      }
      drawn.add(p.family.mark(at, plot.atY(p.accuracy.estimate())));
      drawn.add(Drawing.text("tl", label.left(), label.bottom() - 4, "start", p.name));
      all.add(Drawing.group(p.family.css() + (p.front ? " front" : ""), drawn));
    }
    return all;
  }

  /** Connects the points of each training, and those of the front. */
  private void lines(List<Element> all, Plot plot) {
    Map<String, List<Point>> trainings = new LinkedHashMap<>();
    for (Point p : points) {
      trainings.computeIfAbsent(p.training, t -> new ArrayList<>()).add(p);
    }
    trainings.values().stream()
        .filter(of -> of.size() > 1)
        .forEach(
            of ->
                all.add(
                    Drawing.group(
                        of.get(0).family.css(),
                        List.of(plot.curves(List.of(plot.curve("thin", path(of))))))));
    List<Point> front = points.stream().filter(Point::front).toList();
    if (front.size() > 1) {
      all.add(plot.curves(List.of(plot.curve("pareto", path(front)))));
    }
  }

  private static List<Plot.Point> path(List<Point> of) {
    return of.stream().map(p -> new Plot.Point(p.usd, p.accuracy.estimate())).toList();
  }

  private String words() {
    return points.stream()
        .map(
            p ->
                String.format(
                    Locale.ROOT,
                    "%s: $%s, %.1f %%%s",
                    p.name,
                    Axis.label(p.usd),
                    p.accuracy.estimate(),
                    p.front ? ", on the Pareto front" : ""))
        .collect(Collectors.joining("; "));
  }
}
