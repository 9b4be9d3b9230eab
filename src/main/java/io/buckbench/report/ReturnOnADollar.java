package io.buckbench.report;

import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughputs;
import io.buckbench.eval.Interval;
import io.buckbench.eval.PaidAccuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What accuracy a dollar returns.
 *
 * @param measured every configuration that answered, at what a trial of it cost here; cheapest
 *     first
 * @param byCard the same trainings on every price card that their cost is known for, cheapest
 *     first; empty where that is one card at most
 * @param accuracies that the cheapest way is asked for, 0 to 1, ascending
 */
record ReturnOnADollar(List<PaidWay> measured, List<PaidWay> byCard, List<Double> accuracies) {
  private static final int GRID_POINTS = 5;

  /** Of what was measured here alone. */
  static ReturnOnADollar of(List<ConfigurationSummary> configurations) {
    List<PaidWay> measured = sorted(CardCosts.measured(configurations));
    return new ReturnOnADollar(measured, List.of(), grid(measured));
  }

  /** The same, on other price cards too. */
  static ReturnOnADollar of(
      List<ConfigurationSummary> configurations, PriceCards cards, Throughputs throughputs) {
    ReturnOnADollar here = of(configurations);
    List<PaidWay> byCard = sorted(new CardCosts(cards, throughputs).of(configurations));
    long priced =
        byCard.stream().filter(w -> !w.isFree()).map(w -> w.paid().priceCard()).distinct().count();
    return new ReturnOnADollar(here.measured(), priced > 1 ? byCard : List.of(), here.accuracies());
  }

  /** The same, asked for other accuracies. */
  ReturnOnADollar asked(List<Double> wanted) {
    return new ReturnOnADollar(measured, byCard, wanted.stream().sorted().distinct().toList());
  }

  private static List<PaidWay> sorted(List<PaidWay> ways) {
    return ways.stream()
        .sorted((a, b) -> PaidAccuracy.BY_COST.compare(a.paid(), b.paid()))
        .toList();
  }

  /** Every five points above what is free, as far as any mean reaches. */
  private static List<Double> grid(List<PaidWay> ways) {
    double free =
        ways.stream().filter(PaidWay::isFree).mapToDouble(ReturnOnADollar::mean).max().orElse(0);
    double best = ways.stream().mapToDouble(ReturnOnADollar::mean).max().orElse(0);
    List<Double> grid = new ArrayList<>();
    for (int percent = GRID_POINTS; percent <= 100; percent += GRID_POINTS) {
      double accuracy = percent / 100.0;
      if (!PaidAccuracy.reaches(free, accuracy) && PaidAccuracy.reaches(best, accuracy)) {
        grid.add(accuracy);
      }
    }
    return grid;
  }

  private static double mean(PaidWay way) {
    return way.paid().accuracy().estimate();
  }

  /** Whether anything was paid for. */
  boolean isEmpty() {
    return measured.stream().allMatch(PaidWay::isFree);
  }

  /** Those of some ways that no other one matches for the same money or less, cheapest first. */
  static List<PaidWay> front(List<PaidWay> ways) {
    List<PaidAccuracy> front = PaidAccuracy.front(ways.stream().map(PaidWay::paid).toList());
    return ways.stream().filter(way -> front.contains(way.paid())).toList();
  }

  /** The cheapest of some ways to an accuracy; see {@link PaidAccuracy#cheapest}. */
  static Optional<PaidAccuracy> cheapest(
      List<PaidWay> ways, double accuracy, ToDoubleFunction<Interval> reached) {
    return PaidAccuracy.cheapest(ways.stream().map(PaidWay::paid).toList(), accuracy, reached);
  }
}
