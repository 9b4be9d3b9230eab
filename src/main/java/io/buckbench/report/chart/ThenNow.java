package io.buckbench.report.chart;

import io.buckbench.report.markup.Element;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An estimate now and an accepted one on one axis, with the value that they are compared with.
 *
 * @param now the fresh estimate
 * @param then the accepted one, if known
 * @param margin what the estimate is compared with, if anything
 */
public record ThenNow(Interval now, Optional<Interval> then, OptionalDouble margin) {
  private static final double HEIGHT = 54;

  /** The strip; empty if nothing was measured. */
  public Optional<Element> strip() {
    List<Double> shown = new ArrayList<>();
    add(shown, now);
    then.ifPresent(interval -> add(shown, interval));
    margin.ifPresent(shown::add);
    shown.removeIf(v -> v.isNaN() || v.isInfinite());
    if (Double.isNaN(now.estimate()) || shown.isEmpty()) {
      return Optional.empty();
    }
    Axis axis = Axis.around(shown);
    List<Element> all = new ArrayList<>();
    Plot plot = new Plot(axis, new Axis(0, 1, false), 12, 98, 0, HEIGHT);
    all.addAll(plot.xLabels(HEIGHT - 3, Axis::label));
    margin.ifPresent(
        value -> all.add(Drawing.line("baseline", plot.atX(value), 0, plot.atX(value), 38)));
    interval(all, plot, now, 12, "now");
    then.ifPresent(interval -> interval(all, plot, interval, 30, "then"));
    String words = words("now", now) + then.map(t -> "; " + words("then", t)).orElse("");
    return Optional.of(
        Element.of("svg")
            .css("strip then")
            .set("role", "img")
            .set("aria-label", words)
            .set("width", "100%")
            .set("height", HEIGHT)
            .add(all));
  }

  private static void interval(List<Element> all, Plot plot, Interval i, double y, String name) {
    all.add(Drawing.text("soft", 0, y + 4, "start", name));
    if (!Double.isNaN(i.low()) && Double.isFinite(i.low()) && Double.isFinite(i.high())) {
      all.add(Drawing.line("range", plot.atX(i.low()), y, plot.atX(i.high()), y));
    }
    Family family = Family.CONTROL;
    all.add(
        name.equals("now")
            ? family.mark(plot.atX(i.estimate()), y)
            : family.hollow(plot.atX(i.estimate()), y));
  }

  private static void add(List<Double> all, Interval i) {
    all.addAll(List.of(i.low(), i.estimate(), i.high()));
  }

  private static String words(String name, Interval i) {
    return String.format(
        Locale.ROOT, "%s %.2f, 95 %% interval %.2f to %.2f", name, i.estimate(), i.low(), i.high());
  }
}
