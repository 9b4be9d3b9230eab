package io.buckbench.budget;

import java.math.BigDecimal;
import java.util.List;

/**
 * The cost of one trial by phase, with the arithmetic of its plan.
 *
 * @param priceCard id of the price card in {@code benchmarks/prices.csv}
 * @param clock what ended the training
 * @param budgetUsd the budget, in dollars
 * @param plannedSteps steps that the plan bought; 0 if nothing is trained
 * @param arithmetic how dollars were converted to seconds and steps, one line per conversion
 * @param entries one entry per phase, in the order of the phases
 * @param stalls steps that no forecast could know of
 */
public record CostLedger(
    String priceCard,
    BudgetClock clock,
    BigDecimal budgetUsd,
    int plannedSteps,
    List<String> arithmetic,
    List<Entry> entries,
    List<Stall> stalls) {

  public CostLedger {
    arithmetic = List.copyOf(arithmetic);
    entries = List.copyOf(entries);
    stalls = List.copyOf(stalls);
  }

  /**
   * The time and cost of one phase.
   *
   * @param phase the phase
   * @param seconds measured wall-clock seconds
   * @param usd the cost of these seconds by the price card, whether billed or not
   * @param billed whether the price card charges this phase to the budget
   */
  public record Entry(Phase phase, double seconds, BigDecimal usd, boolean billed) {}

  /** The seconds of a phase; 0 if it did not take place. */
  public double seconds(Phase phase) {
    return entries.stream().filter(e -> e.phase == phase).mapToDouble(Entry::seconds).sum();
  }

  /** The cost of all billed entries. */
  public BigDecimal spentUsd() {
    return entries.stream()
        .filter(Entry::billed)
        .map(Entry::usd)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * The measured cost beyond the budget, in dollars; 0 if there is none, or if there was no budget.
   * Under the metered clock it comes from a stall, or from a first step that cost more than the
   * budget. Under the planned clock it means that this machine is slower than the recorded speed.
   */
  public BigDecimal beyondUsd() {
    return budgetUsd.signum() == 0
        ? BigDecimal.ZERO
        : spentUsd().subtract(budgetUsd).max(BigDecimal.ZERO);
  }

  /** Whether more was spent than a metered budget allows. */
  public boolean overspent() {
    return clock == BudgetClock.METERED && beyondUsd().signum() > 0;
  }

  /**
   * What was spent, and what of it is beyond the budget: {@code $0.93}, {@code $1.02 of $1,
   * overspent by a stall: ...} or {@code $1.02 measured, $1 planned}.
   */
  public String words() {
    String spent = "$" + spentUsd().toPlainString();
    String budget = "$" + budgetUsd.toPlainString();
    if (beyondUsd().signum() == 0) {
      return spent;
    }
    return overspent()
        ? spent + " of " + budget + ", overspent " + overspending()
        : spent + " measured, " + budget + " planned";
  }

  /** How a metered budget was overspent; empty if it was not. */
  public String overspending() {
    if (!overspent()) {
      return "";
    }
    return stalls.stream()
        .filter(Stall::overspent)
        .findFirst()
        .map(stall -> "by a stall: " + stall)
        .orElse("without a stall: the first step, or a phase other than training, was too long");
  }
}
