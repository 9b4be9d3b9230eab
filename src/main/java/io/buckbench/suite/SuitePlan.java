package io.buckbench.suite;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.Phase;
import io.buckbench.budget.PriceCard;
import io.buckbench.budget.Throughput;
import io.buckbench.budget.Throughputs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a suite would take, reckoned from its declarations; nothing is spent. A time that was never
 * measured is empty, not guessed.
 *
 * @param suite the suite's name
 * @param rows one for each configuration, and before it one for each smaller budget that it serves
 */
public record SuitePlan(String suite, List<PlannedRow> rows) {
  /**
   * One configuration, for all its seeds.
   *
   * @param configuration the row's id
   * @param seeds how many trials
   * @param card what it is reckoned on
   * @param steps of each trial: those planned, or under the metered clock a prediction; empty where
   *     no throughput is recorded
   * @param budgetSeconds what the budget of one trial pays for
   * @param trialSeconds predicted time of one trial, load and evaluation included where recorded; a
   *     metered trial without a recorded speed is taken to use up its budget
   * @param trialUsd what the card will charge for one trial
   */
  public record PlannedRow(
      String configuration,
      int seeds,
      PriceCard card,
      Optional<Integer> steps,
      BigDecimal budgetSeconds,
      Optional<BigDecimal> trialSeconds,
      Optional<BigDecimal> trialUsd) {

    /** Predicted hours for all seeds. */
    public Optional<BigDecimal> hours() {
      return trialSeconds.map(
          seconds ->
              seconds
                  .multiply(BigDecimal.valueOf(seeds))
                  .divide(BigDecimal.valueOf(3600), 6, RoundingMode.HALF_EVEN));
    }

    /** Predicted dollars for all seeds. */
    public Optional<BigDecimal> usd() {
      return trialUsd.map(usd -> usd.multiply(BigDecimal.valueOf(seeds)));
    }
  }

  /**
   * Plans every row of a suite on the card that it names, by the speed that it names or else by one
   * recorded for the card's device.
   */
  public static SuitePlan of(Suite suite, Throughputs throughputs) {
    return plan(
        suite,
        c ->
            row(
                c,
                c.priceCard(),
                c.throughput().or(() -> measured(c, c.priceCard(), throughputs))));
  }

  /**
   * Plans every row of a suite on another card: the planned steps at that device's recorded speed,
   * or what the metered dollars buy there.
   */
  public static SuitePlan of(Suite suite, PriceCard card, Throughputs throughputs) {
    return plan(suite, c -> row(c, card, measured(c, card, throughputs)));
  }

  private static SuitePlan plan(Suite suite, Function<Configuration, PlannedRow> row) {
    return new SuitePlan(suite.name(), suite.withMilestones().stream().map(row).toList());
  }

  private static Optional<Throughput> measured(
      Configuration configuration, PriceCard card, Throughputs throughputs) {
    return configuration
        .training()
        .flatMap(
            training ->
                throughputs.measured(
                    card.device(),
                    configuration.model().orElseThrow().id(),
                    configuration.method().name(),
                    configuration.method().variant(),
                    training.batchSize() * training.accumulation()));
  }

  private static PlannedRow row(
      Configuration configuration, PriceCard card, Optional<Throughput> speed) {
    boolean trains = configuration.method().trains();
    boolean metered = trains && configuration.clock() == BudgetClock.METERED;
    // What is metered needs no speed, but without one nobody can say how many steps that is.
    Optional<BudgetPlan> plan =
        metered
            ? speed.map(s -> bought(configuration, card, s))
            : Optional.of(configuration.plan());
    BigDecimal affordable = card.affordableSeconds(configuration.usd());
    // Where another row's training serves this budget, only asking comes on top.
    boolean served = configuration.declared().servedBy().isPresent();
    Optional<BigDecimal> train;
    if (served) {
      train = Optional.of(BigDecimal.ZERO);
    } else if (metered) {
      train =
          Optional.of(
              plan.map(BudgetPlan::reservedSeconds).map(affordable::subtract).orElse(affordable));
    } else if (trains) {
      int steps = plan.orElseThrow().steps();
      train = speed.map(s -> s.secondsPerStep().multiply(BigDecimal.valueOf(steps)));
    } else {
      train = Optional.of(BigDecimal.ZERO);
    }
    BigDecimal load =
        speed.filter(s -> !served).map(Throughput::loadSeconds).orElse(BigDecimal.ZERO);
    BigDecimal evaluate =
        speed.map(s -> s.evaluateSeconds(configuration.testRows())).orElse(BigDecimal.ZERO);
    // What nobody timed is free only where the card does not charge for it.
    boolean priced = metered || speed.isPresent() || !trains && !charges(card, Phase.EVALUATE);
    return new PlannedRow(
        configuration.id(),
        configuration.seeds().size(),
        card,
        plan.map(BudgetPlan::steps),
        affordable,
        train.map(seconds -> seconds.add(load).add(evaluate)),
        train
            .filter(seconds -> priced)
            .map(
                seconds ->
                    charge(card, Phase.LOAD, load)
                        .add(charge(card, Phase.TRAIN, seconds))
                        .add(charge(card, Phase.EVALUATE, evaluate)))
            .map(charged -> card.usd(card.billedSeconds(charged))));
  }

  private static BudgetPlan bought(Configuration configuration, PriceCard card, Throughput speed) {
    return BudgetPlan.training(
        configuration.where(),
        card,
        BudgetClock.METERED,
        configuration.usd(),
        Optional.of(speed),
        configuration.testRows());
  }

  private static boolean charges(PriceCard card, Phase phase) {
    return card.billed().charges(phase);
  }

  private static BigDecimal charge(PriceCard card, Phase phase, BigDecimal seconds) {
    return charges(card, phase) ? seconds : BigDecimal.ZERO;
  }

  /** Trials of all rows. */
  public int trials() {
    return rows.stream().mapToInt(PlannedRow::seeds).sum();
  }

  /** Predicted hours of all rows whose time is known. */
  public BigDecimal hours() {
    return sum(PlannedRow::hours);
  }

  /** Predicted dollars of all rows whose cost is known. */
  public BigDecimal usd() {
    return sum(PlannedRow::usd);
  }

  private BigDecimal sum(Function<PlannedRow, Optional<BigDecimal>> part) {
    return rows.stream()
        .map(part)
        .flatMap(Optional::stream)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
