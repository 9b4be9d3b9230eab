package io.buckbench.report;

import io.buckbench.budget.BudgetClock;
import io.buckbench.data.Split;
import io.buckbench.eval.Interval;
import io.buckbench.eval.PaidAccuracy;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The page's section on what accuracy a dollar returned. */
final class ReturnMarkdown {
  private ReturnMarkdown() {}

  /** Appends nothing where nothing was paid for. */
  static void append(StringBuilder page, SuiteReport report) {
    ReturnOnADollar returns = report.returns();
    if (returns.isEmpty()) {
      return;
    }
    page.append("\n## Return on a dollar");
    page.append(report.asked(Split.TEST).isEmpty() ? ", on validation\n\n" : "\n\n");
    page.append(
        "What a trial cost here by its own price card, cheapest first. A way is on the Pareto front"
            + " if no way of the same or a lower cost has its mean accuracy; where intervals overlap,"
            + " other seeds and test rows may put another way there.");
    if (returns.measured().stream()
        .anyMatch(w -> w.configuration().clock() == BudgetClock.PLANNED)) {
      page.append(
          " Planned steps and their accuracies repeat; the dollars of this table, and with them its"
              + " front, are as the machine was busy.");
    }
    page.append("\n\n");
    Markup.header(page, List.of("configuration", "$ a trial", "accuracy % [95 %]", "on the front"));
    List<PaidWay> front = ReturnOnADollar.front(returns.measured());
    for (PaidWay way : returns.measured()) {
      PaidAccuracy paid = way.paid();
      Markup.row(
          page,
          List.of(
              paid.configuration(),
              Words.usd(paid.usd()),
              Words.interval(paid.accuracy()),
              front.contains(way) ? "yes" : ""));
    }
    cheapest(page, returns.measured(), returns.accuracies(), false);
    if (!returns.byCard().isEmpty()) {
      byCard(page, returns);
    }
  }

  private static void byCard(StringBuilder page, ReturnOnADollar returns) {
    page.append("\n### Over methods and price cards\n\n");
    page.append(
        "The same trainings on every price card of a device that their speed was recorded on, by"
            + " the recorded speed (under the metered clock, by the seconds measured on that"
            + " device). Accuracy is taken to be the same everywhere. The Pareto front;"
            + " `return-on-a-dollar.csv` has every way.\n\n");
    Markup.header(
        page,
        List.of("configuration", "price card", "seconds from", "$ a trial", "accuracy % [95 %]"));
    for (PaidWay way : ReturnOnADollar.front(returns.byCard())) {
      PaidAccuracy paid = way.paid();
      Markup.row(
          page,
          List.of(
              paid.configuration(),
              paid.priceCard(),
              way.secondsFrom(),
              Words.usd(paid.usd()),
              Words.interval(paid.accuracy())));
    }
    cheapest(page, returns.byCard(), returns.accuracies(), true);
  }

  private static void cheapest(
      StringBuilder page, List<PaidWay> ways, List<Double> accuracies, boolean cards) {
    if (accuracies.isEmpty()) {
      page.append("\nNothing that was paid for reached five points more than what is free.\n");
      return;
    }
    page.append("\nThe cheapest way to an accuracy:\n\n");
    Markup.header(
        page,
        List.of(
            "accuracy %", "the lower end of its 95 % interval reaches it", "its mean reaches it"));
    for (double accuracy : accuracies) {
      Markup.row(
          page,
          List.of(
              Words.percent(accuracy),
              way(ways, accuracy, Interval::low, cards),
              way(ways, accuracy, Interval::estimate, cards)));
    }
  }

  private static String way(
      List<PaidWay> ways, double accuracy, ToDoubleFunction<Interval> reached, boolean cards) {
    return ReturnOnADollar.cheapest(ways, accuracy, reached)
        .map(
            paid ->
                paid.configuration()
                    + (cards ? " on " + paid.priceCard() : "")
                    + ", $"
                    + Words.usd(paid.usd())
                    + ": "
                    + Words.interval(paid.accuracy()))
        .orElse("none of these");
  }
}
