package io.buckbench.report;

import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chart of accuracy against cost: a mark with a 95 % interval for each configuration, lines that
 * connect the milestones of a training, and the Pareto front. Free configurations are dashed lines.
 */
final class CostChart {
  /** The scale is logarithmic from this ratio of the highest to the lowest cost. */
  private static final double LOGARITHMIC_FROM = 10;

  private CostChart() {}

  /**
   * Draws the chart, which is empty if no configuration has a cost.
   *
   * @param all cheapest first
   * @param cards whether the names of marks include the price card
   */
  static String svg(String title, List<PricedConfiguration> all, boolean cards) {
    SvgChart chart = new SvgChart(title, "US dollars a trial", "accuracy, %");
    List<PricedConfiguration> paid = all.stream().filter(priced -> !priced.isFree()).toList();
    if (paid.isEmpty()) {
      return chart.render();
    }
    double cheapest = usd(paid.get(0));
    double dearest = usd(paid.get(paid.size() - 1));
    if (dearest / cheapest >= LOGARITHMIC_FROM) {
      chart.logarithmicX();
    }
    for (PricedConfiguration free : all.subList(0, all.size() - paid.size())) {
      double y = percent(free);
      chart.dashed(
          free.configuration().configuration() + " (free)",
          List.of(cheapest, dearest),
          List.of(y, y));
    }
    Map<String, List<SvgChart.Point>> series = new LinkedHashMap<>();
    for (PricedConfiguration priced : paid) {
      Interval a = priced.paid().accuracy();
      String name = priced.training() + (cards ? " on " + priced.paid().priceCard() : "");
      series
          .computeIfAbsent(name, k -> new ArrayList<>())
          .add(new SvgChart.Point(usd(priced), percent(priced), 100 * a.low(), 100 * a.high()));
    }
    series.forEach(chart::marks);
    List<PricedConfiguration> front =
        ReturnOnADollar.front(all).stream().filter(priced -> !priced.isFree()).toList();
    if (!front.isEmpty()) {
      chart.dotted(
          "Pareto front",
          front.stream().map(CostChart::usd).toList(),
          front.stream().map(CostChart::percent).toList());
    }
    return chart.render();
  }

  private static double usd(PricedConfiguration priced) {
    return priced.paid().usd().doubleValue();
  }

  private static double percent(PricedConfiguration priced) {
    return 100 * priced.paid().accuracy().estimate();
  }
}
