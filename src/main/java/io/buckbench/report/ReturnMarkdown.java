package io.buckbench.report;

import io.buckbench.budget.BudgetClock;
import io.buckbench.data.Split;
import io.buckbench.eval.PaidAccuracy;
import io.buckbench.statistics.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The section of the page on accuracy and cost. */
final class ReturnMarkdown {
  private ReturnMarkdown() {}

  /** Appends the section, if any configuration has a cost. */
  static void append(StringBuilder page, SuiteReport report) {
    ReturnOnADollar returns = report.returns();
    if (returns.isEmpty()) {
      return;
    }
    page.append("\n## Return on a dollar");
    page.append(report.evaluatedOn(Split.TEST).isEmpty() ? ", on validation\n\n" : "\n\n");
    page.append(
        "The cost of a trial by its own price card, cheapest first. A configuration is on the Pareto"
            + " front if no other reaches its mean accuracy at the same or a lower cost. If intervals"
            + " overlap, other seeds and test items may change the front.");
    if (returns.measured().stream().anyMatch(w -> w.configuration().overspent())) {
      page.append(
          " A configuration with a trial that overspent its metered budget takes no place on the"
              + " front, and is the cheapest for no accuracy.");
    }
    if (returns.measured().stream()
        .anyMatch(w -> w.configuration().clock() == BudgetClock.PLANNED)) {
      page.append(
          " Planned steps and their accuracies are repeatable, but the dollars of this table, and so"
              + " its front, depend on how busy the machine was and how many workers ran.");
    }
    page.append("\n\n");
    Markup.header(page, "configuration | $ a trial | accuracy % [95 %] | on the front");
    List<PricedConfiguration> front = ReturnOnADollar.front(returns.measured());
    for (PricedConfiguration priced : returns.measured()) {
      PaidAccuracy paid = priced.paid();
      Markup.row(
          page,
          List.of(
              paid.configuration(),
              Formats.usd(priced.configuration()),
              Formats.interval(paid.accuracy()),
              priced.configuration().overspent()
                  ? "overspent"
                  : front.contains(priced) ? "yes" : ""));
    }
    cheapest(page, returns.measured(), returns.accuracies(), false);
    if (!returns.byCard().isEmpty()) {
      byCard(page, returns);
    }
  }

  private static void byCard(StringBuilder page, ReturnOnADollar returns) {
    page.append("\n### By price card\n\n");
    page.append(
        "The cost of the same trainings on every price card whose device has a recorded speed for"
            + " them (with the metered clock, by the seconds measured on that device). Accuracy is"
            + " assumed to be the same on every device. The table is the Pareto front;"
            + " `return-on-a-dollar.csv` has all combinations.\n\n");
    Markup.header(
        page, "configuration | price card | seconds from | $ a trial | accuracy % [95 %]");
    for (PricedConfiguration priced : ReturnOnADollar.front(returns.byCard())) {
      PaidAccuracy paid = priced.paid();
      Markup.row(
          page,
          List.of(
              paid.configuration(),
              paid.priceCard(),
              priced.secondsFrom(),
              Formats.usd(paid.usd()),
              Formats.interval(paid.accuracy())));
    }
    cheapest(page, returns.byCard(), returns.accuracies(), true);
  }

  private static void cheapest(
      StringBuilder page, List<PricedConfiguration> all, List<Double> accuracies, boolean cards) {
    if (accuracies.isEmpty()) {
      page.append(
          "\nNo paid configuration reaches the next multiple of 5 % above the free ones.\n");
      return;
    }
    page.append("\nThe cheapest configuration for an accuracy:\n\n");
    Markup.header(
        page, "accuracy % | the lower end of its 95 % interval reaches it | its mean reaches it");
    for (double accuracy : accuracies) {
      Markup.row(
          page,
          List.of(
              Formats.percent(accuracy),
              formatted(all, accuracy, Interval::low, cards),
              formatted(all, accuracy, Interval::estimate, cards)));
    }
  }

  private static String formatted(
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
