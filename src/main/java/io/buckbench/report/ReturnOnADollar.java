package io.buckbench.report;

import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughputs;
import io.buckbench.eval.PaidAccuracy;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The accuracy that a dollar returns.
 *
 * @param measured every configuration with answers at its measured cost, cheapest first
 * @param byCard the same configurations on every price card for which their cost is known, cheapest
 *     first; empty if that is at most one card
 * @param accuracies for which the cheapest configuration is shown, 0 to 1, ascending
 */
public record ReturnOnADollar(
    List<PricedConfiguration> measured, List<PricedConfiguration> byCard, List<Double> accuracies) {
  private static final int GRID_POINTS = 5;

  /** Uses only the measured costs. */
  static ReturnOnADollar of(List<ConfigurationSummary> configurations) {
    List<PricedConfiguration> measured = sorted(CardCosts.measured(configurations));
    return new ReturnOnADollar(measured, List.of(), grid(measured));
  }

  /** Also computes the costs on other price cards. */
  static ReturnOnADollar of(
      List<ConfigurationSummary> configurations, PriceCards cards, Throughputs throughputs) {
    ReturnOnADollar here = of(configurations);
    List<PricedConfiguration> byCard = sorted(new CardCosts(cards, throughputs).of(configurations));
    long priced =
        byCard.stream().filter(w -> !w.isFree()).map(w -> w.paid().priceCard()).distinct().count();
    return new ReturnOnADollar(here.measured(), priced > 1 ? byCard : List.of(), here.accuracies());
  }

  /** A copy with other accuracies. */
  ReturnOnADollar reaching(List<Double> wanted) {
    return new ReturnOnADollar(measured, byCard, wanted.stream().sorted().distinct().toList());
  }

  private static List<PricedConfiguration> sorted(List<PricedConfiguration> all) {
    return all.stream().sorted((a, b) -> PaidAccuracy.BY_COST.compare(a.paid(), b.paid())).toList();
  }

  /** Multiples of 5 % that no free configuration reaches but some paid one does on average. */
  private static List<Double> grid(List<PricedConfiguration> all) {
    double free =
        all.stream()
            .filter(PricedConfiguration::isFree)
            .mapToDouble(ReturnOnADollar::mean)
            .max()
            .orElse(0);
    double best = all.stream().mapToDouble(ReturnOnADollar::mean).max().orElse(0);
    List<Double> grid = new ArrayList<>();
    for (int percent = GRID_POINTS; percent <= 100; percent += GRID_POINTS) {
      double accuracy = percent / 100.0;
      if (!PaidAccuracy.reaches(free, accuracy) && PaidAccuracy.reaches(best, accuracy)) {
        grid.add(accuracy);
      }
    }
    return grid;
  }

  private static double mean(PricedConfiguration priced) {
    return priced.paid().accuracy().estimate();
  }

  /** Whether no configuration has a cost. */
  public boolean isEmpty() {
    return measured.stream().allMatch(PricedConfiguration::isFree);
  }

  /**
   * The Pareto front of the trained rows that overspent nothing, cheapest first; controls are never
   * on it.
   */
  public static List<PricedConfiguration> front(List<PricedConfiguration> all) {
    List<PaidAccuracy> front = PaidAccuracy.front(withinBudget(all));
    return all.stream().filter(priced -> front.contains(priced.paid())).toList();
  }

  private static List<PaidAccuracy> withinBudget(List<PricedConfiguration> all) {
    return all.stream()
        .filter(priced -> priced.configuration().role() == Role.TRAINED)
        .filter(priced -> !priced.configuration().overspent())
        .map(PricedConfiguration::paid)
        .toList();
  }

  /**
   * The cheapest trained row of those that overspent nothing; see {@link PaidAccuracy#cheapest}.
   */
  public static Optional<PaidAccuracy> cheapest(
      List<PricedConfiguration> all, double accuracy, ToDoubleFunction<Interval> reached) {
    return PaidAccuracy.cheapest(withinBudget(all), accuracy, reached);
  }
}
