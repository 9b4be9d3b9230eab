package io.buckbench.report;

import io.buckbench.eval.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accuracy against cost: a mark for each configuration with its 95 % interval, the budgets of one
 * training joined by a line, and the Pareto front. What costs nothing is a dashed line.
 */
final class CostChart {
  /** From this ratio of the dearest to the cheapest on, equal distances are equal factors. */
  private static final double LOGARITHMIC_FROM = 10;

  private CostChart() {}

  /**
   * Draws; without anything that cost something, the chart is empty.
   *
   * @param ways cheapest first
   * @param cards whether a mark's name includes its price card
   */
  static String svg(String title, List<PaidWay> ways, boolean cards) {
    SvgChart chart = new SvgChart(title, "US dollars a trial", "accuracy, %");
    List<PaidWay> paid = ways.stream().filter(way -> !way.isFree()).toList();
    if (paid.isEmpty()) {
      return chart.render();
    }
    double cheapest = usd(paid.get(0));
    double dearest = usd(paid.get(paid.size() - 1));
    if (dearest / cheapest >= LOGARITHMIC_FROM) {
      chart.logarithmicX();
    }
    for (PaidWay free : ways.subList(0, ways.size() - paid.size())) {
      double y = percent(free);
      chart.dashed(
          free.configuration().configuration() + " (free)",
          List.of(cheapest, dearest),
          List.of(y, y));
    }
    Map<String, List<SvgChart.Point>> series = new LinkedHashMap<>();
    for (PaidWay way : paid) {
      Interval a = way.paid().accuracy();
      String name = way.training() + (cards ? " on " + way.paid().priceCard() : "");
      series
          .computeIfAbsent(name, k -> new ArrayList<>())
          .add(new SvgChart.Point(usd(way), percent(way), 100 * a.low(), 100 * a.high()));
    }
    series.forEach(chart::marks);
    List<PaidWay> front =
        ReturnOnADollar.front(ways).stream().filter(way -> !way.isFree()).toList();
    if (!front.isEmpty()) {
      chart.dotted(
          "Pareto front",
          front.stream().map(CostChart::usd).toList(),
          front.stream().map(CostChart::percent).toList());
    }
    return chart.render();
  }

  private static double usd(PaidWay way) {
    return way.paid().usd().doubleValue();
  }

  private static double percent(PaidWay way) {
    return 100 * way.paid().accuracy().estimate();
  }
}
