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
 * Dollars turned into seconds and steps, before anything is spent.
 *
 * @param card what the machine costs
 * @param clock what will end the training
 * @param usd the budget
 * @param affordableSeconds what the budget pays for by the card, all charged phases together
 * @param reservedSeconds of these, kept for evaluation, and under the planned clock for loading too
 * @param firstStepSeconds predicted time of a step; 0 where no throughput was recorded
 * @param steps steps that the budget buys by the recorded throughput: the number that will be taken
 *     under the planned clock, a prediction under the metered one; 0 where none was recorded
 * @param arithmetic how it was computed, one sentence a line
 */
public record BudgetPlan(
    PriceCard card,
    BudgetClock clock,
    BigDecimal usd,
    BigDecimal affordableSeconds,
    BigDecimal reservedSeconds,
    BigDecimal firstStepSeconds,
    int steps,
    List<String> arithmetic) {

  private static final BigDecimal ZERO = BigDecimal.ZERO;
  private static final MathContext SHOWN = new MathContext(5, RoundingMode.HALF_EVEN);

  /**
   * Plans a training.
   *
   * @param where names the row in errors
   * @param throughput needed by the planned clock, and by a card that charges the evaluation
   * @param testRows how many rows will be evaluated
   * @throws InvalidInputException if the budget is zero or does not reach the first step, and if
   *     what must be kept back for an evaluation that is billed is not known
   */
  public static BudgetPlan training(
      String where,
      PriceCard card,
      BudgetClock clock,
      BigDecimal usd,
      Optional<Throughput> throughput,
      int testRows) {
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
    if (card.billed() == Billed.ALL && testRows > 0 && throughput.isEmpty()) {
      // Nothing would be kept back, and the evaluation behind the last step would overspend.
      throw new InvalidInputException(
          where,
          "price card " + card.id() + ", which charges the evaluation too, without a throughput",
          "the id of a row of throughput.csv, by which the evaluation's part is kept back",
          "measure one with calibrate, or use a card that bills training only");
    }
    List<String> lines = new ArrayList<>();
    BigDecimal affordable = card.affordableSeconds(usd);
    priceLines(card, usd, affordable, lines);
    BigDecimal reserved =
        throughput.map(t -> reserve(card, clock, t, testRows, lines)).orElse(ZERO);
    BigDecimal step = throughput.map(Throughput::secondsPerStep).orElse(ZERO);
    int steps = 0;
    if (throughput.isPresent()) {
      steps = steps(affordable.subtract(reserved), throughput.get(), lines);
    }
    if (affordable.signum() == 0 || throughput.isPresent() && steps == 0) {
      throw belowFirstStep(where, usd, card, affordable.subtract(reserved), step);
    }
    return new BudgetPlan(card, clock, usd, affordable, reserved, step, steps, List.copyOf(lines));
  }

  /** The same plan ended after so many steps, whatever the budget would still buy. */
  public BudgetPlan atMost(int maxSteps) {
    List<String> lines = new ArrayList<>(arithmetic);
    lines.add(
        "stopped after %d steps at most (max_steps), whatever the budget buys".formatted(maxSteps));
    // No recorded speed foretold any steps; now the limit does.
    int taken = steps == 0 ? maxSteps : Math.min(steps, maxSteps);
    return new BudgetPlan(
        card,
        clock,
        usd,
        affordableSeconds,
        reservedSeconds,
        firstStepSeconds,
        taken,
        List.copyOf(lines));
  }

  /** A plan for a number of steps, with no limit on what they cost. */
  public static BudgetPlan steps(PriceCard card, int steps) {
    return new BudgetPlan(
        card,
        BudgetClock.PLANNED,
        ZERO,
        ZERO,
        ZERO,
        ZERO,
        steps,
        List.of("%d steps: no budget is needed".formatted(steps)));
  }

  /** A plan for a row that trains nothing: its evaluation is metered all the same. */
  public static BudgetPlan untrained(PriceCard card, BudgetClock clock) {
    return new BudgetPlan(
        card, clock, ZERO, ZERO, ZERO, ZERO, 0, List.of("nothing is trained: no budget is needed"));
  }

  static InvalidInputException belowFirstStep(
      String where, BigDecimal usd, PriceCard card, BigDecimal seconds, BigDecimal step) {
    return new InvalidInputException(
        where,
        "$%s, which pays for %s s of training by price card %s"
            .formatted(usd.toPlainString(), shown(seconds.max(ZERO)), card.id()),
        step.signum() == 0
            ? "at least the minimum of " + shown(card.minimumSeconds()) + " s"
            : "at least one step of " + shown(step) + " s",
        "raise usd, or make the step smaller");
  }

  private static void priceLines(
      PriceCard card, BigDecimal usd, BigDecimal affordable, List<String> lines) {
    int hours = card.hoursPerMonth();
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
                card.usdPerMonth().toPlainString(),
                hours));
    lines.add(
        "$%s / %d h = $%s an hour"
            .formatted(
                card.usdPerMonth().toPlainString(),
                hours,
                card.usdPerHour().round(new MathContext(7)).toPlainString()));
    lines.add(
        "$%s x %d h x 3600 s / $%s = %s s"
            .formatted(
                usd.toPlainString(),
                hours,
                card.usdPerMonth().toPlainString(),
                shown(card.seconds(usd))));
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
      PriceCard card, BudgetClock clock, Throughput recorded, int testRows, List<String> lines) {
    if (card.billed() == Billed.TRAIN) {
      return ZERO;
    }
    BigDecimal evaluate = recorded.evaluateSeconds(testRows);
    // The metered clock sees how long loading took; only what lies ahead must be set aside.
    BigDecimal load = clock == BudgetClock.PLANNED ? recorded.loadSeconds() : ZERO;
    lines.add(
        "kept back: load %s s + %d test rows x %s s = %s s"
            .formatted(
                load.toPlainString(),
                testRows,
                recorded.secondsPerTestRow().toPlainString(),
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

  /** Five significant digits, which shows the paper's 1,229.7 s. */
  static String shown(BigDecimal seconds) {
    BigDecimal rounded = seconds.round(SHOWN);
    return (rounded.signum() == 0 ? ZERO : rounded.stripTrailingZeros()).toPlainString();
  }
}
