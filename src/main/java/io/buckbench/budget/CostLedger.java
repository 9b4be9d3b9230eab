package io.buckbench.budget;

import java.math.BigDecimal;
import java.util.List;

/**
 * What one trial cost, line by line, with the arithmetic that leads there.
 *
 * @param priceCard id of the card in {@code benchmarks/prices.csv}
 * @param clock what ended the training
 * @param budgetUsd what was allowed
 * @param plannedSteps steps that the plan bought; 0 where nothing is trained
 * @param arithmetic how dollars became seconds and steps, one sentence a line
 * @param entries one line for each phase, in the order they happened
 */
public record CostLedger(
    String priceCard,
    BudgetClock clock,
    BigDecimal budgetUsd,
    int plannedSteps,
    List<String> arithmetic,
    List<Entry> entries) {

  public CostLedger {
    arithmetic = List.copyOf(arithmetic);
    entries = List.copyOf(entries);
  }

  /**
   * @param phase what the time went to
   * @param seconds wall seconds measured
   * @param usd what those seconds cost by the card, billed or not
   * @param billed whether the card's convention charges this phase to the budget
   */
  public record Entry(Phase phase, double seconds, BigDecimal usd, boolean billed) {}

  /** The seconds of a phase; 0 where it did not happen. */
  public double seconds(Phase phase) {
    return entries.stream().filter(e -> e.phase == phase).mapToDouble(Entry::seconds).sum();
  }

  /** The sum of the billed entries. */
  public BigDecimal spentUsd() {
    return entries.stream()
        .filter(Entry::billed)
        .map(Entry::usd)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
