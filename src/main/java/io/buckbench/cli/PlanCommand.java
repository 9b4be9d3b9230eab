package io.buckbench.cli;

import io.buckbench.budget.PriceCard;
import io.buckbench.budget.PriceCards;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Suggestion;
import io.buckbench.record.Truncated;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.SuitePlan;
import io.buckbench.trial.PromptPreview;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plan SUITE}: what it would cost. Nothing is spent. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Steps, time and dollars that a suite would take; nothing is spent.",
      "A ? is what nobody has measured: it is not guessed."
    })
final class PlanCommand implements Callable<Integer> {
  private static final String LINE = "%-28s %6s %8s %10s %10s %10s %10s %9s %9s%n";
  private static final BigDecimal CENT = new BigDecimal("0.01");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SUITE", description = "a name under benchmarks/, such as smoke")
  private String suite;

  @Option(
      names = "--card",
      description = "a row of prices.csv to plan on; default: each row's own price card")
  private String card;

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
    ProjectFolders.Declared declared = project.declared(suite);
    Benchmarks benchmarks = declared.benchmarks();
    SuitePlan plan =
        card == null
            ? SuitePlan.of(declared.suite(), benchmarks.throughputs())
            : SuitePlan.of(declared.suite(), card(benchmarks.prices()), benchmarks.throughputs());
    PrintWriter out = spec.commandLine().getOut();
    line(out, "row", "seeds", "steps", "s a trial", "$ a trial", "hours", "$", "cut", "cut");
    line(out, "", "", "", "", "", "all seeds", "all seeds", "training", "asked");
    try (PromptPreview preview = new PromptPreview(benchmarks)) {
      for (int i = 0; i < plan.rows().size(); i++) {
        print(out, plan.rows().get(i), preview.truncated(declared.suite().withMilestones().get(i)));
      }
    }
    boolean all = plan.rows().stream().allMatch(r -> r.hours().isPresent() && r.usd().isPresent());
    String more = all ? "" : " + ?";
    line(
        out,
        "total",
        plan.trials(),
        "",
        "",
        "",
        hours(plan.hours()) + more,
        usd(plan.usd()) + more,
        "",
        "");
    cards(out, plan);
    return BuckBench.OK;
  }

  private PriceCard card(PriceCards cards) {
    return cards
        .find(card)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--card",
                    "'" + card + "'",
                    "the id of a row of prices.csv",
                    Suggestion.todo(card, cards.ids())));
  }

  private static void print(PrintWriter out, SuitePlan.PlannedRow row, Optional<Truncated> cut) {
    line(
        out,
        row.configuration(),
        row.seeds(),
        row.steps().map(String::valueOf).orElse("?"),
        row.trialSeconds().map(s -> String.format(Locale.ROOT, "%.1f", s)).orElse("?"),
        row.trialUsd().map(PlanCommand::usd).orElse("?"),
        row.hours().map(PlanCommand::hours).orElse("?"),
        row.usd().map(PlanCommand::usd).orElse("?"),
        cut.map(t -> Long.toString(t.trainRows())).orElse("?"),
        cut.map(t -> Long.toString(t.askedRows())).orElse("?"));
  }

  /** What a dollar of each card buys, and which phases it has to pay for. */
  private static void cards(PrintWriter out, SuitePlan plan) {
    List<PriceCard> cards =
        plan.rows().stream().map(SuitePlan.PlannedRow::card).distinct().toList();
    for (PriceCard used : cards) {
      out.printf(
          Locale.ROOT,
          "price card %s (%s): $1 buys %.1f s; charged: %s%n",
          used.id(),
          used.device(),
          used.affordableSeconds(BigDecimal.ONE),
          used.billed().name().toLowerCase(Locale.ROOT));
    }
    out.println("seconds: training; load and evaluation too where their speed is recorded");
    out.println("cut: prompts that lose words of their passage to fit max_tokens");
  }

  private static void line(PrintWriter out, Object... cells) {
    out.printf(Locale.ROOT, LINE, cells);
  }

  private static String hours(BigDecimal hours) {
    return String.format(Locale.ROOT, "%.4f", hours);
  }

  /** Cents, and below a cent enough digits to tell trials apart. */
  private static String usd(BigDecimal usd) {
    return String.format(Locale.ROOT, usd.compareTo(CENT) < 0 ? "%.6f" : "%.2f", usd);
  }
}
