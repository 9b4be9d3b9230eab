package io.buckbench.experiment;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.Phase;
import io.buckbench.budget.PriceCard;
import io.buckbench.budget.Throughput;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a suite would take, reckoned from its declarations; nothing is spent.
 *
 * @param suite the suite's name
 * @param rows one for each experiment, and before it one for each smaller budget that it serves
 */
public record SuitePlan(String suite, List<Row> rows) {
  /**
   * One experiment, for all its seeds.
   *
   * @param experiment the row's id
   * @param seeds how many trials
   * @param steps of each trial, predicted under the metered clock; empty where no throughput is
   *     recorded
   * @param budgetSeconds what the budget of one trial pays for
   * @param trialSeconds predicted time of one trial, load and evaluation included where recorded
   * @param trialUsd what the card will charge for one trial
   * @param plan the arithmetic
   */
  public record Row(
      String experiment,
      int seeds,
      Optional<Integer> steps,
      BigDecimal budgetSeconds,
      BigDecimal trialSeconds,
      BigDecimal trialUsd,
      BudgetPlan plan) {

    /** Predicted hours for all seeds. */
    public BigDecimal hours() {
      return trialSeconds
          .multiply(BigDecimal.valueOf(seeds))
          .divide(BigDecimal.valueOf(3600), 6, RoundingMode.HALF_EVEN);
    }

    /** Predicted dollars for all seeds. */
    public BigDecimal usd() {
      return trialUsd.multiply(BigDecimal.valueOf(seeds));
    }
  }

  /** Plans every row of a suite. */
  public static SuitePlan of(Suite suite) {
    List<Row> rows = new ArrayList<>();
    for (Experiment experiment : suite.experiments()) {
      experiment.checkpoints().forEach(smaller -> rows.add(checkpoint(smaller)));
      rows.add(row(experiment));
    }
    return new SuitePlan(suite.name(), List.copyOf(rows));
  }

  /** A smaller budget that the row behind it serves: only asking the model comes on top. */
  private static Row checkpoint(Experiment experiment) {
    BudgetPlan plan = experiment.plan();
    BigDecimal evaluate = evaluateSeconds(experiment);
    return new Row(
        experiment.id(),
        experiment.seeds().size(),
        experiment.throughput().map(t -> plan.steps()),
        plan.affordableSeconds(),
        evaluate,
        experiment.priceCard().usd(charge(experiment.priceCard(), Phase.EVALUATE, evaluate)),
        plan);
  }

  private static BigDecimal evaluateSeconds(Experiment experiment) {
    return experiment
        .throughput()
        .map(t -> t.evaluateSeconds(experiment.testRows()))
        .orElse(BigDecimal.ZERO);
  }

  private static Row row(Experiment experiment) {
    BudgetPlan plan = experiment.plan();
    PriceCard card = experiment.priceCard();
    Optional<Throughput> recorded = experiment.throughput();
    // Without a recorded speed a metered training is taken to use up its budget.
    BigDecimal train =
        switch (plan.clock()) {
          case PLANNED -> plan.trainSeconds();
          case METERED -> plan.affordableSeconds().subtract(plan.reservedSeconds());
        };
    BigDecimal load = recorded.map(Throughput::loadSeconds).orElse(BigDecimal.ZERO);
    BigDecimal evaluate = evaluateSeconds(experiment);
    BigDecimal charged =
        charge(card, Phase.LOAD, load)
            .add(charge(card, Phase.TRAIN, train))
            .add(charge(card, Phase.EVALUATE, evaluate));
    return new Row(
        experiment.id(),
        experiment.seeds().size(),
        recorded.map(t -> plan.steps()),
        plan.affordableSeconds(),
        load.add(train).add(evaluate),
        card.usd(card.billedSeconds(charged)),
        plan);
  }

  private static BigDecimal charge(PriceCard card, Phase phase, BigDecimal seconds) {
    return card.billed().charges(phase) ? seconds : BigDecimal.ZERO;
  }

  /** Trials of all rows. */
  public int trials() {
    return rows.stream().mapToInt(Row::seeds).sum();
  }

  /** Predicted hours of all rows. */
  public BigDecimal hours() {
    return sum(Row::hours);
  }

  /** Predicted dollars of all rows. */
  public BigDecimal usd() {
    return sum(Row::usd);
  }

  private BigDecimal sum(Function<Row, BigDecimal> part) {
    return rows.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
