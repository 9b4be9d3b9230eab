package io.buckbench.report;

import io.buckbench.eval.Interval;
import io.buckbench.eval.SeedSummary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy against cost, an experiment a mark: its mean over the seeds with its 95 % interval, and
 * the Pareto front. What costs nothing is a dashed line to be beaten.
 */
public final class CostChart {
  /** From this ratio of the dearest to the cheapest on, equal distances are equal factors. */
  private static final double LOGARITHMIC_FROM = 20;

  private CostChart() {}

  /** One experiment's place in the chart. */
  record Place(String experiment, BigDecimal usd, Interval accuracy) {}

  /** Draws the experiments that answered; without one that cost anything, the chart is empty. */
  public static String svg(String suite, List<ExperimentSummary> experiments) {
    List<Place> places = places(experiments);
    List<Place> paid = places.stream().filter(p -> p.usd().signum() > 0).toList();
    SvgChart chart =
        new SvgChart(
            suite + ": accuracy against cost, 95 % intervals over seeds and test rows",
            "US dollars a trial",
            "accuracy, %");
    if (paid.isEmpty()) {
      return chart.render();
    }
    double cheapest = paid.stream().mapToDouble(p -> p.usd().doubleValue()).min().orElseThrow();
    double dearest = paid.stream().mapToDouble(p -> p.usd().doubleValue()).max().orElseThrow();
    if (dearest / cheapest > LOGARITHMIC_FROM) {
      chart.logarithmicX();
    }
    for (Place free : places) {
      if (free.usd().signum() == 0) {
        double y = 100 * free.accuracy().estimate();
        chart.dashed(free.experiment() + " (free)", List.of(cheapest, dearest), List.of(y, y));
      }
    }
    for (Place p : paid) {
      Interval a = p.accuracy();
      chart.marks(
          p.experiment(),
          List.of(
              new SvgChart.Point(
                  p.usd().doubleValue(), 100 * a.estimate(), 100 * a.low(), 100 * a.high())));
    }
    List<Place> front = front(paid);
    chart.dotted(
        "Pareto front",
        front.stream().map(p -> p.usd().doubleValue()).toList(),
        front.stream().map(p -> 100 * p.accuracy().estimate()).toList());
    return chart.render();
  }

  /** Experiments that no other one matches in accuracy for the same money or less. */
  static List<Place> front(List<Place> places) {
    List<Place> byCost = new ArrayList<>(places);
    byCost.sort(
        Comparator.comparing(Place::usd)
            .thenComparing(p -> -p.accuracy().estimate())
            .thenComparing(Place::experiment));
    List<Place> front = new ArrayList<>();
    for (Place p : byCost) {
      if (front.isEmpty()
          || p.accuracy().estimate() > front.get(front.size() - 1).accuracy().estimate()) {
        front.add(p);
      }
    }
    return front;
  }

  static List<Place> places(List<ExperimentSummary> experiments) {
    return experiments.stream()
        .filter(e -> e.scores().isPresent())
        .map(
            e ->
                new Place(
                    e.experiment(), e.usd(), e.scores().map(SeedSummary::accuracy).orElseThrow()))
        .toList();
  }
}
