package io.buckbench.cli;

import io.buckbench.budget.PriceCard;
import io.buckbench.budget.PriceCards;
import io.buckbench.data.Leaks;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.input.Suggestion;
import io.buckbench.preflight.PlannedMemory;
import io.buckbench.record.Truncated;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.MachinesPlan;
import io.buckbench.suite.Project;
import io.buckbench.suite.Suite;
import io.buckbench.suite.SuitePlan;
import io.buckbench.trial.PromptPreview;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan SUITE}: the cost of a suite. Nothing is spent. */
@Command(
    name = "plan",
    description = {
      "Show the steps, time, dollars and memory that a suite would take; nothing is spent.",
      "A ? means that no measurement is recorded; it is not estimated."
    })
final class PlanCommand extends SuiteCommand {
  private static final String LINE = "%-28s %6s %8s %10s %10s %10s %10s %7s %7s %9s %9s%n";
  private static final double GIB = 1 << 30;
  private static final BigDecimal CENT = new BigDecimal("0.01");

  @Option(
      names = "--card",
      description = "a row of prices.csv to plan with; default: each configuration's price card")
  private String card;

  @Option(
      names = "--step-seconds",
      paramLabel = "S",
      description =
          "assume this duration of a step, for a machine that was never measured; default: the"
              + " recorded speeds")
  private BigDecimal stepSeconds;

  @Option(
      names = "--machines",
      paramLabel = "N",
      description = "also show hours, dollars and idle time if N machines run a share each")
  private Integer machines;

  @Override
  public Integer call() {
    if (machines != null) {
      Problems few = new Problems();
      few.requireAtLeast(1, "--machines", machines);
      few.throwIfAny();
    }
    if (stepSeconds != null && stepSeconds.signum() <= 0) {
      throw new InvalidInputException(
          "--step-seconds", stepSeconds.toPlainString(), "above 0", "raise it");
    }
    Project.Declared declared = project().declared(suite);
    Benchmarks benchmarks = declared.benchmarks();
    SuitePlan plan = plan(declared.suite(), benchmarks);
    Map<String, Map<String, Leaks>> leaks = new LinkedHashMap<>();
    try (PromptPreview preview = new PromptPreview(benchmarks)) {
      preview.check(declared.suite());
      line(
          "configuration",
          "seeds",
          "steps",
          "s/trial",
          "$/trial",
          "hours",
          "$",
          "peak",
          "fits",
          "cut",
          "cut");
      line("", "", "", "", "", "all seeds", "all seeds", "GiB", "", "training", "items");
      for (int i = 0; i < plan.rows().size(); i++) {
        SuitePlan.PlannedRow row = plan.rows().get(i);
        Configuration configuration = declared.suite().withMilestones().get(i);
        print(
            row,
            PlannedMemory.of(configuration, row.card(), benchmarks),
            preview.truncated(configuration));
      }
      declared
          .suite()
          .configurations()
          .forEach(c -> leaks.computeIfAbsent(c.data(), data -> preview.leaks(c)));
    }
    boolean all = plan.rows().stream().allMatch(r -> r.hours().isPresent() && r.usd().isPresent());
    String more = all ? "" : " + ?";
    String hours = hours(plan.hours()) + more;
    line("total", plan.trials(), "", "", "", hours, usd(plan.usd()) + more, "", "", "", "");
    if (machines != null) {
      print(MachinesPlan.of(declared.suite(), plan, machines));
    }
    cards(plan);
    print(leaks);
    out().println("recorded speeds: " + declared.suite().speedOrigins());
    if (stepSeconds != null) {
      out().println("assumed: " + stepSeconds.toPlainString() + " s a step, not measured");
    }
    return BuckBench.OK;
  }

  private SuitePlan plan(Suite declared, Benchmarks benchmarks) {
    Optional<PriceCard> named = Optional.ofNullable(card).map(id -> card(benchmarks.prices()));
    if (stepSeconds != null) {
      return SuitePlan.assuming(declared, named, stepSeconds);
    }
    return named
        .map(other -> SuitePlan.of(declared, other, benchmarks.throughputs()))
        .orElseGet(() -> SuitePlan.of(declared, benchmarks.throughputs()));
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

  private void print(
      SuitePlan.PlannedRow row, Optional<PlannedMemory> memory, Optional<Truncated> cut) {
    line(
        row.configuration(),
        row.seeds(),
        row.steps().map(String::valueOf).orElse("?"),
        row.trialSeconds().map(s -> String.format(Locale.ROOT, "%.1f", s)).orElse("?"),
        row.trialUsd().map(PlanCommand::usd).orElse("?"),
        row.hours().map(PlanCommand::hours).orElse("?"),
        row.usd().map(PlanCommand::usd).orElse("?"),
        memory.map(m -> String.format(Locale.ROOT, "%.2f", m.bytes() / GIB)).orElse("?"),
        memory.map(m -> m.fit().word()).orElse("?"),
        cut.map(t -> Long.toString(t.trainRows())).orElse("?"),
        cut.map(t -> Long.toString(t.askedRows())).orElse("?"));
  }

  private void print(MachinesPlan plan) {
    out()
        .printf(
            Locale.ROOT,
            "on %d machines (run --shard I/%d): %s hours, %s, %.1f %% of it idle%n",
            plan.machines(),
            plan.machines(),
            hours(plan.hours()),
            plan.usd().map(usd -> "$" + usd(usd)).orElse("several price cards"),
            plan.idleShare().doubleValue() * 100);
  }

  /** Prints what a dollar of each price card buys, and which phases are charged. */
  private void cards(SuitePlan plan) {
    List<PriceCard> cards =
        plan.rows().stream().map(SuitePlan.PlannedRow::card).distinct().toList();
    for (PriceCard used : cards) {
      out()
          .printf(
              Locale.ROOT,
              "price card %s (%s): $1 buys %.1f s; charged: %s%n",
              used.id(),
              used.device(),
              used.affordableSeconds(BigDecimal.ONE),
              used.billed().name().toLowerCase(Locale.ROOT));
    }
    out()
        .println(
            "peak: memory of a trial on the device of its price card, by an estimate that was"
                + " compared with a CPU only; fits: whether such a GPU has it");
    out().println("seconds: training; also load and evaluation if their speed is recorded");
    out().println("cut: prompts that lose words of their passage to fit max_tokens");
  }

  /** Prints which parts of each data set share rows. */
  private void print(Map<String, Map<String, Leaks>> byData) {
    byData.forEach(
        (data, parts) ->
            parts.forEach(
                (which, leaks) -> out().println("rows of " + data + ", " + which + ": " + leaks)));
    out()
        .println(
            "whole: rows of one part that are equal in all fields of the prompt to a row of another"
                + " part; then those with an equal field");
  }

  private void line(Object... cells) {
    out().printf(Locale.ROOT, LINE, cells);
  }

  private static String hours(BigDecimal hours) {
    return String.format(Locale.ROOT, "%.4f", hours);
  }

  /** Rounds to cents; amounts below a cent have six digits. */
  private static String usd(BigDecimal usd) {
    return String.format(Locale.ROOT, usd.compareTo(CENT) < 0 ? "%.6f" : "%.2f", usd);
  }
}
