package io.buckbench.budget;

import io.buckbench.input.InvalidInputException;
import java.math.BigDecimal;

/** Thrown for a budget that pays for less than the first step. */
public final class BelowFirstStepException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  /**
   * @param where the place of the configuration
   * @param usd the budget, in dollars
   * @param seconds what is left of it for training, in seconds
   * @param step the duration of the first step, in seconds; 0 if it is not known
   */
  BelowFirstStepException(
      String where, BigDecimal usd, PriceCard card, BigDecimal seconds, BigDecimal step) {
    super(
        where,
        "$%s, which pays for %s s of training by price card %s"
            .formatted(
                usd.toPlainString(), BudgetPlan.shown(seconds.max(BigDecimal.ZERO)), card.id()),
        step.signum() == 0
            ? "at least the minimum of " + BudgetPlan.shown(card.minimumSeconds()) + " s"
            : "at least one step of " + BudgetPlan.shown(step) + " s",
        "raise usd, or make the step smaller");
  }
}
