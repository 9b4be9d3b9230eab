package io.buckbench.suite;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.Phase;
import io.buckbench.budget.PriceCard;
import io.buckbench.budget.Throughput;
import io.buckbench.budget.Throughputs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The predicted time and cost of a suite, computed from its declarations without running anything.
 * Times that were never measured are empty.
 *
 * @param suite the suite's name
 * @param rows one for each configuration, after those of its milestones
 */
public record SuitePlan(String suite, List<PlannedRow> rows) {
  /**
   * The plan of one configuration.
   *
   * @param configuration its id
   * @param seeds number of trials
   * @param card the price card of the plan
   * @param steps steps per trial: planned, or predicted for the metered clock; empty if no speed is
   *     recorded
   * @param budgetSeconds time that the budget of one trial pays for
   * @param trialSeconds predicted time of one trial, with loading and evaluation if their speed is
   *     recorded; a metered trial without a recorded speed is assumed to use its whole budget
   * @param trialUsd predicted cost of one trial on the card
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
   * Plans every configuration on its own price card, with its own recorded speed or, without one, a
   * speed recorded for the card's device.
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
   * Plans every configuration on another price card: the planned steps at the speed recorded for
   * the card's device, or the steps that the metered budget pays for there.
   */
  public static SuitePlan of(Suite suite, PriceCard card, Throughputs throughputs) {
    return plan(suite, c -> row(c, card, measured(c, card, throughputs)));
  }

  /**
   * Plans every configuration with an assumed speed instead of a recorded one, for a machine that
   * was never measured. The steps of the planned clock do not change; loading and evaluation are
   * left out.
   *
   * @param card another price card, or empty for each configuration's own
   * @param secondsPerStep the assumed duration of a step, above 0
   */
  public static SuitePlan assuming(
      Suite suite, Optional<PriceCard> card, BigDecimal secondsPerStep) {
    return plan(
        suite,
        c -> {
          PriceCard used = card.orElse(c.priceCard());
          return row(c, used, Optional.of(assumed(used, secondsPerStep)));
        });
  }

  private static Throughput assumed(PriceCard card, BigDecimal secondsPerStep) {
    return new Throughput(
        "assumed",
        LocalDate.EPOCH,
        card.device(),
        "any",
        "any",
        "any",
        secondsPerStep,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        "assumed, not measured",
        "",
        Optional.empty());
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
                    training.stepRows()));
  }

  private static PlannedRow row(
      Configuration configuration, PriceCard card, Optional<Throughput> speed) {
    boolean trains = configuration.method().trains();
    boolean metered = trains && configuration.clock() == BudgetClock.METERED;
    // A metered training needs no speed, but the number of its steps can be predicted only with
    // one.
    Optional<BudgetPlan> plan =
        metered
            ? speed.map(s -> bought(configuration, card, s))
            : Optional.of(configuration.plan());
    BigDecimal affordable = card.affordableSeconds(configuration.usd());
    // A milestone is served by another configuration's training and adds only its evaluation.
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
        speed.map(s -> s.evaluateSeconds(configuration.testItems())).orElse(BigDecimal.ZERO);
    // Without a recorded speed the cost is known only if it is metered or if nothing is charged.
    boolean priced =
        metered || speed.isPresent() || !trains && !charges(configuration, card, Phase.EVALUATE);
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
                    charge(configuration, card, Phase.LOAD, load)
                        .add(charge(configuration, card, Phase.TRAIN, seconds))
                        .add(charge(configuration, card, Phase.EVALUATE, evaluate)))
            .map(charged -> card.usd(card.billedSeconds(charged))));
  }

  private static BudgetPlan bought(Configuration configuration, PriceCard card, Throughput speed) {
    return BudgetPlan.training(
        configuration.where(),
        card,
        BudgetClock.METERED,
        configuration.usd(),
        Optional.of(speed),
        configuration.testItems());
  }

  private static boolean charges(Configuration configuration, PriceCard card, Phase phase) {
    return card.billed().charges(phase) || configuration.shots() > 0 && phase == Phase.EVALUATE;
  }

  private static BigDecimal charge(
      Configuration configuration, PriceCard card, Phase phase, BigDecimal seconds) {
    return charges(configuration, card, phase) ? seconds : BigDecimal.ZERO;
  }

  /**
   * The predicted time of a trial with its milestones; where no speed is recorded, the time that
   * its budget pays for.
   */
  BigDecimal seconds(Trial trial) {
    Set<String> ids =
        trial.recorded().stream().map(t -> t.configuration().id()).collect(Collectors.toSet());
    return rows.stream()
        .filter(row -> ids.contains(row.configuration()))
        .map(row -> row.trialSeconds().orElse(row.budgetSeconds()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The number of trials of all rows. */
  public int trials() {
    return rows.stream().mapToInt(PlannedRow::seeds).sum();
  }

  /** Predicted hours of all rows with a known time. */
  public BigDecimal hours() {
    return sum(PlannedRow::hours);
  }

  /** Predicted dollars of all rows with a known cost. */
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
