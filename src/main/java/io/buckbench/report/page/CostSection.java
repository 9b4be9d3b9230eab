package io.buckbench.report.page;

import io.buckbench.budget.BudgetClock;
import io.buckbench.eval.PaidAccuracy;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.Formats;
import io.buckbench.report.PricedConfiguration;
import io.buckbench.report.ReturnOnADollar;
import io.buckbench.report.Role;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.chart.CostChart;
import io.buckbench.report.chart.Family;
import io.buckbench.report.markup.Element;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Accuracy against dollars. */
final class CostSection {
  private CostSection() {}

  static Optional<Element> of(SuiteReport report) {
    ReturnOnADollar returns = report.returns();
    if (returns.isEmpty()) {
      return Optional.empty();
    }
    Element section = Html.section("cost", "Accuracy against dollars");
    if (budgets(report) > 1) {
      section.add(chart(returns.measured(), false).chart("cost-chart", title(report)));
    } else {
      section.add(
          Html.p(
                  "Every trained row had the same dollars, so there is no front to draw. What each"
                      + " measured is in the first table and in ")
              .add(Html.link("#data", "the files"))
              .text("."));
    }
    section.add(Html.note(note(returns)));
    section.add(cheapest(returns.measured(), returns.accuracies(), false));
    if (!returns.byCard().isEmpty()) {
      section.add(
          Html.details(
              "cost-by-card",
              "The same trainings on every price card with a recorded speed",
              chart(returns.byCard(), true)
                  .chart("card-chart", "Accuracy against dollars by price card"),
              front(returns.byCard()),
              cheapest(returns.byCard(), returns.accuracies(), true)));
    }
    return Optional.of(section);
  }

  static String title(SuiteReport report) {
    return report.suite()
        + (report.onValidation() ? " on validation" : "")
        + ": accuracy against dollars";
  }

  private static long budgets(SuiteReport report) {
    return report.reported().stream()
        .filter(row -> row.role() == Role.TRAINED)
        .map(row -> row.budgetUsd().stripTrailingZeros())
        .distinct()
        .count();
  }

  private static String note(ReturnOnADollar returns) {
    String words =
        "Measured dollars of a trial. A row is on the front if no other trained row reaches its mean"
            + " accuracy at the same or a lower cost; where intervals overlap, other seeds may"
            + " change it. Controls are never on it.";
    if (returns.measured().stream().anyMatch(w -> w.configuration().overspent())) {
      words +=
          " A row with a trial that overspent its metered budget takes no place on the front, and is"
              + " the cheapest for no accuracy.";
    }
    if (returns.measured().stream()
        .anyMatch(w -> w.configuration().clock() == BudgetClock.PLANNED)) {
      words +=
          " Planned steps repeat; their dollars depend on how busy the machine was and on how many"
              + " workers ran.";
    }
    return words;
  }

  /**
   * The chart of rows at their costs.
   *
   * @param cards whether the names include the price card
   */
  static CostChart chart(List<PricedConfiguration> all, boolean cards) {
    List<PricedConfiguration> front = ReturnOnADollar.front(all);
    List<CostChart.Point> points = new ArrayList<>();
    Map<String, Double> free = new LinkedHashMap<>();
    for (PricedConfiguration priced : all) {
      ConfigurationSummary row = priced.configuration();
      PaidAccuracy paid = priced.paid();
      if (priced.isFree()) {
        free.put(paid.configuration(), 100 * paid.accuracy().estimate());
        continue;
      }
      points.add(
          new CostChart.Point(
              paid.configuration() + (cards ? " on " + paid.priceCard() : ""),
              priced.training() + " on " + paid.priceCard(),
              row.role().control() ? Family.CONTROL : Family.of(row.declared().method()),
              paid.usd().doubleValue(),
              paid.accuracy().times(100),
              front.contains(priced)));
    }
    return new CostChart(points, free);
  }

  private static Element front(List<PricedConfiguration> all) {
    List<List<String>> rows = new ArrayList<>();
    for (PricedConfiguration priced : ReturnOnADollar.front(all)) {
      PaidAccuracy paid = priced.paid();
      rows.add(
          List.of(
              paid.configuration(),
              paid.priceCard(),
              priced.secondsFrom(),
              Formats.usd(paid.usd()),
              Formats.interval(paid.accuracy())));
    }
    return Html.list(
        "the front over all price cards",
        List.of("row on the front", "price card", "seconds from", ">$ a trial", ">accuracy %"),
        rows);
  }

  private static Element cheapest(
      List<PricedConfiguration> all, List<Double> accuracies, boolean cards) {
    if (accuracies.isEmpty()) {
      return Html.p("No paid row reaches the next multiple of 5 % above the free ones.");
    }
    List<List<String>> rows = new ArrayList<>();
    for (double accuracy : accuracies) {
      rows.add(
          List.of(
              Formats.percent(accuracy),
              words(all, accuracy, Interval::low, cards),
              words(all, accuracy, Interval::estimate, cards)));
    }
    return Html.list(
        "the cheapest row for an accuracy",
        List.of(
            "accuracy %",
            "cheapest whose interval's lower end reaches it", "cheapest whose mean reaches it"),
        rows);
  }

  private static String words(
      List<PricedConfiguration> all,
      double accuracy,
      ToDoubleFunction<Interval> reached,
      boolean cards) {
    return ReturnOnADollar.cheapest(all, accuracy, reached)
        .map(
            paid ->
                paid.configuration()
                    + (cards ? " on " + paid.priceCard() : "")
                    + ", $"
                    + Formats.usd(paid.usd())
                    + ": "
                    + Formats.interval(paid.accuracy()))
        .orElse("none of these");
  }
}
