package io.buckbench.junit;

import io.buckbench.record.RunRecord;
import io.buckbench.report.markup.Element;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The loss of a trial among those of the other seeds of its row, as a small inline SVG with a
 * logarithmic axis. It has no background, so that it fits any page.
 */
final class SisterLosses {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 200;
  private static final int LEFT = 52;
  private static final int RIGHT = 12;
  private static final int TOP = 10;
  private static final int BOTTOM = 34;
  private static final int POINTS = 80;

  /** A row of eight seeds has the curve of each on eight pages, and Allure keeps a page twice. */
  private static final int SISTER_POINTS = 30;

  /** A point of a curve: the means of consecutive steps. */
  private record Point(double step, double loss) {}

  private final double steps;
  private final double low;
  private final double high;

  private SisterLosses(double steps, double low, double high) {
    this.steps = steps;
    this.low = low;
    this.high = high;
  }

  /**
   * Draws the curves.
   *
   * @param run the trial
   * @param row all trials of its row, with or without itself
   * @return an SVG element, or a paragraph if the trial has no positive finite loss
   */
  static Element draw(RunRecord run, List<RunRecord> row) {
    List<Point> own = curve(run, POINTS);
    if (own.isEmpty()) {
      return Element.of(
          "p", run.steps().isEmpty() ? "Nothing was trained." : "No loss was finite.");
    }
    List<List<Point>> sisters =
        row.stream()
            .filter(other -> other.seed() != run.seed())
            .map(other -> curve(other, SISTER_POINTS))
            .filter(curve -> !curve.isEmpty())
            .toList();
    List<Point> all = new ArrayList<>(own);
    sisters.forEach(all::addAll);
    double low = all.stream().mapToDouble(Point::loss).min().orElseThrow();
    double high = all.stream().mapToDouble(Point::loss).max().orElseThrow();
    double steps = all.stream().mapToDouble(Point::step).max().orElseThrow();
    return new SisterLosses(Math.max(2, steps), low / 1.05, high * 1.05).svg(run, own, sisters);
  }

  private static List<Point> curve(RunRecord run, int most) {
    List<StepMetric> usable =
        run.steps().stream().filter(s -> s.loss() > 0 && Double.isFinite(s.loss())).toList();
    int width = Math.max(1, (usable.size() + most - 1) / most);
    List<Point> points = new ArrayList<>();
    for (int from = 0; from < usable.size(); from += width) {
      List<StepMetric> some = usable.subList(from, Math.min(usable.size(), from + width));
      points.add(
          new Point(
              some.stream().mapToInt(StepMetric::step).average().orElseThrow(),
              some.stream().mapToDouble(StepMetric::loss).average().orElseThrow()));
    }
    return points;
  }

  private Element svg(RunRecord run, List<Point> own, List<List<Point>> sisters) {
    String title =
        "Loss of seed " + run.seed() + " among " + sisters.size() + " other seeds of its row";
    Element svg =
        Element.of("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .set("role", "img")
            .set("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
            .set("width", WIDTH)
            .set("height", HEIGHT)
            .set("font-family", "sans-serif")
            .set("font-size", "12")
            .set("fill", "currentColor")
            .add(Element.of("title", title))
            .add(Element.of("desc", description(own, sisters)));
    for (double loss : ticks()) {
      svg.add(line(LEFT, y(loss), WIDTH - RIGHT, y(loss)));
      svg.add(text(LEFT - 6, y(loss) + 4, "end", number(loss)));
    }
    svg.add(text(LEFT, HEIGHT - 16, "middle", "1"));
    svg.add(text(WIDTH - RIGHT, HEIGHT - 16, "end", Long.toString(Math.round(steps))));
    svg.add(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 4, "middle", "step; loss, log. axis"));
    sisters.forEach(curve -> svg.add(polyline(curve, "1", "0.35")));
    return svg.add(polyline(own, "2.4", "1"));
  }

  private static String description(List<Point> own, List<List<Point>> sisters) {
    String ends = sisters.stream().map(c -> number(last(c))).collect(Collectors.joining(", "));
    return "from "
        + number(own.get(0).loss())
        + " to "
        + number(last(own))
        + (ends.isEmpty() ? "" : "; the other seeds end at " + ends);
  }

  private static double last(List<Point> curve) {
    return curve.get(curve.size() - 1).loss();
  }

  /** 1, 2 and 5 times powers of ten within the axis; its ends if there are fewer than two. */
  private List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
      for (int factor : new int[] {1, 2, 5}) {
        if (factor * power >= low && factor * power <= high) {
          ticks.add(factor * power);
        }
      }
    }
    return ticks.size() < 2 ? List.of(low, high) : ticks;
  }

  private double x(double step) {
    return LEFT + (step - 1) / (steps - 1) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double loss) {
    double place = Math.log(loss / low) / Math.log(high / low);
    return HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM);
  }

  private Element polyline(List<Point> curve, String width, String opacity) {
    return Element.of("polyline")
        .set("fill", "none")
        .set("stroke", "currentColor")
        .set("stroke-width", width)
        .set("stroke-opacity", opacity)
        .set(
            "points",
            curve.stream()
                .map(p -> String.format(Locale.ROOT, "%.0f,%.1f", x(p.step()), y(p.loss())))
                .collect(Collectors.joining(" ")));
  }

  private static Element line(double x1, double y1, double x2, double y2) {
    return Element.of("line")
        .set("x1", x1)
        .set("y1", y1)
        .set("x2", x2)
        .set("y2", y2)
        .set("stroke", "currentColor")
        .set("stroke-opacity", "0.15");
  }

  private static Element text(double x, double y, String anchor, String words) {
    return Element.of("text", words).set("x", x).set("y", y).set("text-anchor", anchor);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
