package io.buckbench.report.chart;

import io.buckbench.report.markup.Element;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Accuracies with intervals, one row below the other on one axis: a strip for each row of a table,
 * or a picture with all of them.
 *
 * @param rows from top to bottom
 * @param baseline what a constant answer scores, in percent; NaN if unknown
 * @param baselineName its name, such as {@code always-yes}
 */
public record ForestChart(List<Row> rows, double baseline, String baselineName) {
  /** The height of a strip; strips are stacked without a gap. */
  public static final double STRIP = 34;

  private static final double MIDDLE = 21;
  private static final double SEEDS = 11;

  /** Seeds closer than this, in percent of the width, are stacked. */
  private static final double SAME_PLACE = 1.2;

  private static final Axis AXIS = new Axis(0, 100, false);
  private static final double NAMES = 26;
  private static final double NUMBERS = 25;

  /**
   * A row.
   *
   * @param name of the row
   * @param family its colour and mark
   * @param accuracy in percent; {@link Interval#NONE} if nothing was answered
   * @param seeds of its trials, in percent
   * @param accepted the accepted accuracy, in percent
   */
  public record Row(
      String name, Family family, Interval accuracy, List<Seed> seeds, OptionalDouble accepted) {
    /** The numbers as text. */
    String words() {
      String mean =
          Double.isNaN(accuracy.estimate())
              ? "no answers"
              : String.format(
                  Locale.ROOT,
                  "%.1f %%, 95 %% interval %.1f to %.1f",
                  accuracy.estimate(),
                  accuracy.low(),
                  accuracy.high());
      String then =
          accepted.isPresent()
              ? String.format(Locale.ROOT, "; accepted %.1f", accepted.getAsDouble())
              : "";
      return mean + then;
    }
  }

  /**
   * The result of a seed.
   *
   * @param accuracy in percent
   * @param words such as {@code seed 3: 62.0 %, collapsed}
   */
  public record Seed(double accuracy, String words) {}

  /** The strip of a row. */
  public Element strip(Row row) {
    return Element.of("svg")
        .css("strip")
        .set("role", "img")
        .set("aria-label", row.words())
        .set("width", "100%")
        .set("height", STRIP)
        .add(
            Element.of(
                "title",
                row.words()
                    + row.seeds().stream()
                        .map(s -> "\n" + s.words())
                        .collect(Collectors.joining())))
        .add(marks(row));
  }

  /** The labels of the axis, in a strip of its own. */
  public Element axis() {
    List<Element> labels = new ArrayList<>();
    for (double tick : AXIS.ticks()) {
      String anchor = tick == 0 ? "start" : tick == 100 ? "end" : "middle";
      labels.add(Drawing.text("soft", tick, 30, anchor, Axis.label(tick)));
    }
    if (!Double.isNaN(baseline)) {
      labels.add(Drawing.text("base", baseline, 13, "middle", baselineWords()));
    }
    return Element.of("svg")
        .css("strip")
        .set("role", "img")
        .set("aria-label", "accuracy from 0 to 100 percent")
        .set("width", "100%")
        .set("height", STRIP)
        .add(labels);
  }

  private String baselineWords() {
    return String.format(Locale.ROOT, "%s %.1f", baselineName, baseline);
  }

  /** All rows as a file of its own. */
  public String picture(String title) {
    double height = STRIP * (rows.size() + 1) + 8;
    List<Element> all = new ArrayList<>();
    all.add(plot(0, Element.of("g").add(axis())));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double top = STRIP * (i + 1);
      all.add(plot(top, Drawing.group("", marks(row))));
      all.add(Drawing.text("", NAMES, top + MIDDLE + 5, "end", row.name()));
      all.add(Drawing.text("", 101 - NUMBERS, top + MIDDLE + 5, "start", numbers(row.accuracy())));
    }
    String numbers =
        rows.stream().map(r -> r.name() + ": " + r.words()).collect(Collectors.joining("; "));
    return Drawing.picture(title, Drawing.chart("forest", height, title, numbers).add(all), height);
  }

  private static String numbers(Interval a) {
    return Double.isNaN(a.estimate())
        ? "no answers"
        : String.format(Locale.ROOT, "%.1f [%.1f, %.1f]", a.estimate(), a.low(), a.high());
  }

  private static Element plot(double top, Element content) {
    return Element.of("svg")
        .percent("x", NAMES + 2)
        .set("y", top)
        .percent("width", 100 - NAMES - NUMBERS - 3)
        .set("height", STRIP)
        .add(content);
  }

  private List<Element> marks(Row row) {
    List<Element> all = new ArrayList<>();
    for (double tick : AXIS.ticks()) {
      all.add(Drawing.line("grid", tick, 0, tick, STRIP));
    }
    if (!Double.isNaN(baseline)) {
      all.add(Drawing.line("baseline", baseline, 0, baseline, STRIP));
    }
    List<Element> marks = new ArrayList<>();
    Interval a = row.accuracy();
    if (!Double.isNaN(a.low())) {
      marks.add(Drawing.line("interval", a.low(), MIDDLE, a.high(), MIDDLE));
    }
    marks.addAll(seeds(row.seeds()));
    if (!Double.isNaN(a.estimate())) {
      marks.add(row.family().mark(a.estimate(), MIDDLE));
    }
    row.accepted().ifPresent(then -> marks.add(row.family().hollow(then, MIDDLE)));
    all.add(Drawing.group(row.family().css(), marks));
    return all;
  }

  private static List<Element> seeds(List<Seed> seeds) {
    List<Element> marks = new ArrayList<>();
    List<Double> before = new ArrayList<>();
    for (Seed seed : seeds) {
      long same = before.stream().filter(a -> Math.abs(a - seed.accuracy) < SAME_PLACE).count();
      before.add(seed.accuracy);
      marks.add(
          Element.of("circle")
              .css("seed")
              .percent("cx", seed.accuracy)
              .set("cy", SEEDS - Math.min(same, 4) * 2)
              .set("r", 2.4));
    }
    return marks;
  }
}
