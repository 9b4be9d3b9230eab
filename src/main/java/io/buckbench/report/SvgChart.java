package io.buckbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A chart of lines and points as SVG. Text is written as text and a curve as one polyline, and the
 * same data give the same bytes on every machine. Chart libraries for Java use AWT, which needs
 * installed fonts and writes letters as outlines.
 */
final class SvgChart {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 420;
  private static final int LEFT = 70;
  private static final int RIGHT = 240;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;

  /** The palette of Okabe and Ito for colour-blind readers, without yellow. */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private static final String GREY = "#777777";

  /** How many letters fit above a chart; longer titles use a smaller font. */
  private static final int LETTERS_OF_A_TITLE = 100;

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final List<Series> series = new ArrayList<>();
  private boolean logarithmicX;

  /**
   * A mark with its interval.
   *
   * @param low lower end of the interval; {@code y} if there is none
   * @param high upper end of the interval; {@code y} if there is none
   */
  record Point(double x, double y, double low, double high) {}

  private record Series(String name, List<Point> points, Style style, String colour, int shape) {}

  private enum Style {
    LINE(""),
    DASHED(" stroke-dasharray=\"6 4\""),
    DOTTED(" stroke-dasharray=\"2 4\""),
    MARKS("");

    private final String dash;

    Style(String dash) {
      this.dash = dash;
    }
  }

  SvgChart(String title, String xTitle, String yTitle) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
  }

  /** Makes the x axis logarithmic; every x must be positive. */
  SvgChart logarithmicX() {
    logarithmicX = true;
    return this;
  }

  SvgChart line(String name, List<Double> xs, List<Double> ys) {
    return add(name, points(xs, ys), Style.LINE);
  }

  /** Adds a grey dashed line, for a baseline. */
  SvgChart dashed(String name, List<Double> xs, List<Double> ys) {
    series.add(new Series(name, points(xs, ys), Style.DASHED, GREY, 0));
    return this;
  }

  /** Adds a grey dotted line. */
  SvgChart dotted(String name, List<Double> xs, List<Double> ys) {
    series.add(new Series(name, points(xs, ys), Style.DOTTED, GREY, 0));
    return this;
  }

  /** Adds marks of one colour, connected by a thin line in the given order. */
  SvgChart marks(String name, List<Point> points) {
    return add(name, points, Style.MARKS);
  }

  private SvgChart add(String name, List<Point> points, Style style) {
    int n = (int) series.stream().filter(s -> !s.colour.equals(GREY)).count();
    int shape = n / COLOURS.size() % 3;
    series.add(new Series(name, points, style, COLOURS.get(n % COLOURS.size()), shape));
    return this;
  }

  private static List<Point> points(List<Double> xs, List<Double> ys) {
    return IntStream.range(0, xs.size())
        .mapToObj(i -> new Point(xs.get(i), ys.get(i), ys.get(i), ys.get(i)))
        .toList();
  }

  String render() {
    List<Double> xs = series.stream().flatMap(s -> s.points.stream()).map(Point::x).toList();
    List<Double> ys =
        series.stream()
            .flatMap(s -> s.points.stream())
            .flatMap(p -> Stream.of(p.low, p.y, p.high))
            .toList();
    Axis x = logarithmicX ? Axis.logAround(xs) : Axis.around(xs);
    Axis y = Axis.around(ys);
    // The legend may need more room than the plot.
    int height = Math.max(HEIGHT, TOP + 10 + 20 * series.size());
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">\n",
            WIDTH, height, WIDTH, height));
    svg.append(format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", WIDTH, height));
    int titleSize = Math.min(14, 14 * LETTERS_OF_A_TITLE / title.length());
    String bold = format("font-size=\"%d\" font-weight=\"bold\"", titleSize);
    text(svg, LEFT, 22, "start", bold, title);
    axes(svg, x, y);
    for (Series s : series) {
      draw(svg, s, x, y);
    }
    for (int i = 0; i < series.size(); i++) {
      legend(svg, series.get(i), TOP + 10 + 20 * i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void axes(StringBuilder svg, Axis x, Axis y) {
    double bottom = HEIGHT - BOTTOM;
    double right = WIDTH - RIGHT;
    for (double tick : x.ticks()) {
      line(svg, atX(x, tick), TOP, atX(x, tick), bottom, "#e1e1e1");
      text(svg, atX(x, tick), bottom + 17, "middle", "", Axis.label(tick));
    }
    for (double tick : y.ticks()) {
      line(svg, LEFT, atY(y, tick), right, atY(y, tick), "#e1e1e1");
      text(svg, LEFT - 6, atY(y, tick) + 4, "end", "", Axis.label(tick));
    }
    line(svg, LEFT, bottom, right, bottom, "#444444");
    line(svg, LEFT, TOP, LEFT, bottom, "#444444");
    text(svg, (LEFT + right) / 2, HEIGHT - 12, "middle", "", xTitle);
    double middle = (TOP + bottom) / 2;
    text(svg, 18, middle, "middle", format("transform=\"rotate(-90 18 %.1f)\"", middle), yTitle);
  }

  private void draw(StringBuilder svg, Series s, Axis x, Axis y) {
    if (s.style != Style.MARKS) {
      polyline(svg, s, x, y, "1.6");
      return;
    }
    if (s.points.size() > 1) {
      polyline(svg, s, x, y, "0.7");
    }
    for (Point p : s.points) {
      if (p.low < p.high) {
        line(svg, atX(x, p.x), atY(y, p.low), atX(x, p.x), atY(y, p.high), s.colour);
      }
      mark(svg, atX(x, p.x), atY(y, p.y), s);
    }
  }

  private static void polyline(StringBuilder svg, Series s, Axis x, Axis y, String width) {
    String at =
        s.points.stream()
            .map(p -> format("%.1f,%.1f", atX(x, p.x), atY(y, p.y)))
            .collect(Collectors.joining(" "));
    svg.append(
        format(
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s points=\"%s\"/>\n",
            s.colour, width, s.style.dash, at));
  }

  private void legend(StringBuilder svg, Series s, double y) {
    double x = WIDTH - RIGHT + 16;
    if (s.style == Style.MARKS) {
      mark(svg, x + 10, y - 4, s);
    } else {
      svg.append(
          format(
              "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
                  + " stroke-width=\"1.6\"%s/>\n",
              x, y - 4, x + 20, y - 4, s.colour, s.style.dash));
    }
    text(svg, x + 26, y, "start", "", s.name);
  }

  private static void mark(StringBuilder svg, double x, double y, Series s) {
    String points =
        switch (s.shape) {
          case 1 ->
              format("%.1f,%.1f %.1f,%.1f ", x - 4, y - 4, x + 4, y - 4)
                  + format("%.1f,%.1f %.1f,%.1f", x + 4, y + 4, x - 4, y + 4);
          case 2 -> format("%.1f,%.1f %.1f,%.1f %.1f,%.1f", x - 5, y + 4, x + 5, y + 4, x, y - 5);
          default -> "";
        };
    svg.append(
        points.isEmpty()
            ? format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n", x, y, s.colour)
            : format("<polygon points=\"%s\" fill=\"%s\"/>\n", points, s.colour));
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
    svg.append(
        format(
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
            x1, y1, x2, y2, colour));
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String attributes, String words) {
    svg.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" ", x, y, anchor));
    svg.append(attributes).append('>').append(Markup.escape(words)).append("</text>\n");
  }

  private static double atX(Axis x, double value) {
    return LEFT + x.place(value) * (WIDTH - RIGHT - LEFT);
  }

  private static double atY(Axis y, double value) {
    return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - BOTTOM - TOP);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
