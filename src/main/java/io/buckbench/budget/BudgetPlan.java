package io.buckbench.budget;

import io.buckbench.input.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Converts a budget in dollars to seconds and steps, before anything is spent.
 *
 * @param card the price of the machine
 * @param clock what ends the training
 * @param usd the budget, in dollars
 * @param affordableSeconds seconds that the budget pays for, for all charged phases together
 * @param reservedSeconds the part of these that is reserved for the evaluation and, under the
 *     planned clock, for loading
 * @param firstStepSeconds predicted duration of a step; 0 without a recorded throughput
 * @param steps steps that the budget buys at the recorded throughput: the number of steps under the
 *     planned clock, a prediction under the metered clock; 0 without a recorded throughput
 * @param arithmetic the conversion, one sentence per line
 * @param pricedByAnswers whether the answers are charged even if the price card charges training
 *     only
 */
public record BudgetPlan(
    PriceCard card,
    BudgetClock clock,
    BigDecimal usd,
    BigDecimal affordableSeconds,
    BigDecimal reservedSeconds,
    BigDecimal firstStepSeconds,
    int steps,
    List<String> arithmetic,
    boolean pricedByAnswers) {

  private static final BigDecimal ZERO = BigDecimal.ZERO;
  private static final MathContext SHOWN = new MathContext(5, RoundingMode.HALF_EVEN);

  /**
   * Plans a training.
   *
   * @param where the place of the configuration, for errors
   * @param throughput required by the planned clock, and by a price card that charges the
   *     evaluation
   * @param testItems the number of test items that will be evaluated
   * @throws InvalidInputException if the budget is zero or below the cost of the first step, or if
   *     a charged evaluation has no throughput to predict its cost
   */
  public static BudgetPlan training(
      String where,
      PriceCard card,
      BudgetClock clock,
      BigDecimal usd,
      Optional<Throughput> throughput,
      int testItems) {
    if (usd.signum() <= 0) {
      throw new InvalidInputException(
          where, "a budget of $" + usd.toPlainString(), "more than $0", "raise usd");
    }
    if (clock == BudgetClock.PLANNED && throughput.isEmpty()) {
      throw new InvalidInputException(
          where,
          "the planned clock without a throughput",
          "the id of a row of throughput.csv",
          "measure one with calibrate, or use the metered clock");
    }
    if (card.billed() == Billed.ALL && testItems > 0 && throughput.isEmpty()) {
      // Nothing would be reserved, so the evaluation after the last step would exceed the budget.
      throw new InvalidInputException(
          where,
          "price card " + card.id() + ", which charges the evaluation too, without a throughput",
          "the id of a row of throughput.csv, to reserve the cost of the evaluation",
          "measure one with calibrate, or use a price card that bills training only");
    }
    List<String> lines = new ArrayList<>();
    BigDecimal affordable = card.affordableSeconds(usd);
    priceLines(card, usd, affordable, lines);
    BigDecimal reserved =
        throughput.map(t -> reserve(card, clock, t, testItems, lines)).orElse(ZERO);
    BigDecimal step = throughput.map(Throughput::secondsPerStep).orElse(ZERO);
    int steps = throughput.map(t -> steps(affordable.subtract(reserved), t, lines)).orElse(0);
    if (affordable.signum() == 0 || throughput.isPresent() && steps == 0) {
      throw new BelowFirstStepException(where, usd, card, affordable.subtract(reserved), step);
    }
    return new BudgetPlan(
        card, clock, usd, affordable, reserved, step, steps, List.copyOf(lines), false);
  }

  /** The same plan with an upper limit on the number of steps. */
  public BudgetPlan atMost(int maxSteps) {
    List<String> lines = new ArrayList<>(arithmetic);
    lines.add(
        "stopped after %d steps at most (max_steps), even if the budget buys more"
            .formatted(maxSteps));
    // Without a recorded throughput there is no prediction yet; the limit becomes the prediction.
    int taken = steps == 0 ? maxSteps : Math.min(steps, maxSteps);
    return new BudgetPlan(
        card,
        clock,
        usd,
        affordableSeconds,
        reservedSeconds,
        firstStepSeconds,
        taken,
        List.copyOf(lines),
        pricedByAnswers);
  }

  /** A plan for a number of steps, without a limit on their cost. */
  public static BudgetPlan steps(PriceCard card, int steps) {
    return withoutBudget(card, BudgetClock.PLANNED, steps, "%d steps".formatted(steps), false);
  }

  /** A plan for a configuration that trains nothing; its evaluation is still metered. */
  public static BudgetPlan untrained(PriceCard card, BudgetClock clock) {
    return withoutBudget(card, clock, 0, "nothing is trained", false);
  }

  /**
   * A plan for a configuration that trains nothing and pays for its answers, since each of them
   * takes longer than that of a trained model.
   */
  public static BudgetPlan answers(PriceCard card, BudgetClock clock) {
    return withoutBudget(card, clock, 0, "nothing is trained, the answers are charged", true);
  }

  /** Whether the time of a phase is charged. */
  public boolean charges(Phase phase) {
    return card.billed().charges(phase) || pricedByAnswers && phase == Phase.EVALUATE;
  }

  private static BudgetPlan withoutBudget(
      PriceCard card, BudgetClock clock, int steps, String why, boolean pricedByAnswers) {
    List<String> line = List.of(why + ": no budget is needed");
    return new BudgetPlan(card, clock, ZERO, ZERO, ZERO, ZERO, steps, line, pricedByAnswers);
  }

  private static void priceLines(
      PriceCard card, BigDecimal usd, BigDecimal affordable, List<String> lines) {
    int hours = card.hoursPerMonth();
    String month = card.usdPerMonth().toPlainString();
    lines.add(
        "price card %s (%s, %s, %s): gpu $%s + vm $%s + disk $%s = $%s a month of %d hours"
            .formatted(
                card.id(),
                card.device(),
                card.region(),
                card.date(),
                card.gpu(),
                card.vm(),
                card.disk(),
                month,
                hours));
    lines.add(
        "$%s / %d h = $%s an hour"
            .formatted(month, hours, card.usdPerHour().round(new MathContext(7)).toPlainString()));
    lines.add(
        "$%s x %d h x 3600 s / $%s = %s s"
            .formatted(usd.toPlainString(), hours, month, shown(card.seconds(usd))));
    if (card.granularitySeconds().signum() > 0 || card.minimumSeconds().signum() > 0) {
      lines.add(
          "charged in units of %s s, at least %s s: %s s can be paid"
              .formatted(
                  card.granularitySeconds().toPlainString(),
                  card.minimumSeconds().toPlainString(),
                  affordable.toPlainString()));
    }
  }

  private static BigDecimal reserve(
      PriceCard card, BudgetClock clock, Throughput recorded, int testItems, List<String> lines) {
    if (card.billed() == Billed.TRAIN) {
      return ZERO;
    }
    BigDecimal evaluate = recorded.evaluateSeconds(testItems);
    // The metered clock measures loading before it decides, so only the evaluation is reserved.
    BigDecimal load = clock == BudgetClock.PLANNED ? recorded.loadSeconds() : ZERO;
    lines.add(
        "kept back: load %s s + %d test items x %s s = %s s"
            .formatted(
                load.toPlainString(),
                testItems,
                recorded.secondsPerTestItem().toPlainString(),
                shown(load.add(evaluate))));
    return load.add(evaluate);
  }

  private static int steps(BigDecimal seconds, Throughput recorded, List<String> lines) {
    BigInteger steps =
        seconds.max(ZERO).divideToIntegralValue(recorded.secondsPerStep()).toBigInteger();
    lines.add(
        "%s s / %s s a step (throughput %s) = %d steps"
            .formatted(
                shown(seconds.max(ZERO)),
                recorded.secondsPerStep().toPlainString(),
                recorded.id(),
                steps));
    return steps.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
  }

  /** Rounded to five significant digits, enough to show the paper's 1,229.7 s. */
  static String shown(BigDecimal seconds) {
    BigDecimal rounded = seconds.round(SHOWN);
    return (rounded.signum() == 0 ? ZERO : rounded.stripTrailingZeros()).toPlainString();
  }
}
