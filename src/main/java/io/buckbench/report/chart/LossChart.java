package io.buckbench.report.chart;

import io.buckbench.report.markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The training loss of the rows of a family on a logarithmic axis: each seed thin, their mean
 * thick.
 *
 * @param family colour of all rows, which differ in their dashes
 * @param rows the rows
 * @param sharesOnly the loss of a model that knows only the shares of the answers, if known
 * @param usdPerStep turns the steps of the lower axis into the dollars of the upper one; 0 for none
 */
public record LossChart(
    Family family, List<Row> rows, OptionalDouble sharesOnly, double usdPerStep) {
  private static final double TOP = 44;
  private static final double AREA = 190;
  private static final double LEFT = 9;
  private static final int DASHES = 4;
  private static final double MOST_OF_LABELS = 40;

  /**
   * A row.
   *
   * @param name of the row
   * @param seeds the losses of each seed, step by step
   * @param points how many points of each curve are drawn; each is the mean of several steps
   */
  public record Row(String name, List<double[]> seeds, int points) {}

  /** The chart. */
  public Element chart(String id, String title) {
    double height = height();
    return Drawing.chart(id, height, title, words()).add(drawing());
  }

  /** The chart as a file of its own. */
  public String picture(String title) {
    return Drawing.picture(title, chart("loss", title), height());
  }

  private double height() {
    return Math.max(TOP + AREA, TOP + Drawing.LINE * (rows.size() + 1)) + 42;
  }

  private List<Element> drawing() {
    double[] all =
        rows.stream()
            .flatMap(r -> r.seeds().stream())
            .flatMapToDouble(DoubleStream::of)
            .filter(LossChart::shown)
            .toArray();
    if (all.length == 0) {
      return List.of(Drawing.text("soft", LEFT, TOP, "start", "no finite loss"));
    }
    List<Double> losses = new ArrayList<>(DoubleStream.of(all).boxed().toList());
    sharesOnly.ifPresent(losses::add);
    int steps =
        rows.stream().flatMap(r -> r.seeds().stream()).mapToInt(s -> s.length).max().orElse(1);
    double labels =
        Math.min(
            MOST_OF_LABELS,
            rows.stream().mapToDouble(r -> Drawing.width(r.name())).max().orElse(0) + 2);
    Plot plot =
        new Plot(
            new Axis(0, Math.max(1, steps), false),
            Axis.logAround(losses),
            LEFT,
            100 - labels,
            TOP,
            height() - 42);
    List<Element> drawn = new ArrayList<>(plot.grid("step", "loss, nats"));
    if (usdPerStep > 0) {
      drawn.addAll(
          plot.xLabels(
              TOP - 8, step -> step == 0 ? "" : "$" + Axis.label(rounded(step * usdPerStep))));
    }
    List<Element> curves = new ArrayList<>();
    List<Element> means = new ArrayList<>();
    double[] ends = new double[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int width = (steps + row.points() - 1) / row.points();
      row.seeds().forEach(seed -> curves.add(plot.curve("thin", points(List.of(seed), width))));
      List<Plot.Point> mean = points(row.seeds(), width);
      means.add(plot.curve("mean d-" + i % DASHES, mean));
      ends[i] = mean.isEmpty() ? plot.bottom() : plot.atY(mean.get(mean.size() - 1).y());
    }
    curves.addAll(means);
    drawn.add(Drawing.group(family.css(), List.of(plot.curves(curves))));
    sharesOnly.ifPresent(
        loss ->
            drawn.add(
                Drawing.line(
                    "baseline", plot.left(), plot.atY(loss), plot.right(), plot.atY(loss))));
    double[] at = Labels.spread(ends, Drawing.LINE, TOP + 4, plot.bottom());
    List<Element> names = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      names.add(Drawing.text("tl", plot.right() + 1, at[i] + 4, "start", rows.get(i).name()));
    }
    drawn.add(Drawing.group(family.css(), names));
    return drawn;
  }

  /** The mean over seeds and over {@code width} steps, as long as every seed has steps. */
  private static List<Plot.Point> points(List<double[]> seeds, int width) {
    int length = seeds.stream().mapToInt(s -> s.length).min().orElse(0);
    List<Plot.Point> points = new ArrayList<>();
    for (int from = 0; from < length; from += width) {
      int to = Math.min(length, from + width);
      double sum = 0;
      int n = 0;
      for (double[] seed : seeds) {
        for (int i = from; i < to; i++) {
          if (shown(seed[i])) {
            sum += seed[i];
            n++;
          }
        }
      }
      if (n > 0) {
        points.add(new Plot.Point((from + 1 + to) / 2.0, sum / n));
      }
    }
    return points;
  }

  /** A loss that a logarithmic axis can show. */
  private static boolean shown(double loss) {
    return Double.isFinite(loss) && loss > 0;
  }

  private String words() {
    String ends =
        rows.stream()
            .map(
                row -> {
                  List<Plot.Point> mean = points(row.seeds(), 1);
                  return row.name()
                      + (mean.isEmpty()
                          ? " has no finite loss"
                          : String.format(
                              Locale.ROOT,
                              " from %.3f to %.3f in %d steps",
                              mean.get(0).y(),
                              mean.get(mean.size() - 1).y(),
                              mean.size()));
                })
            .collect(Collectors.joining("; "));
    return ends
        + (sharesOnly.isPresent()
            ? String.format(
                Locale.ROOT, "; knowing only the answers' shares %.3f", sharesOnly.getAsDouble())
            : "");
  }

  private static double rounded(double usd) {
    return new java.math.BigDecimal(usd).round(new java.math.MathContext(2)).doubleValue();
  }
}
