package io.buckbench.cli;

import static java.math.BigDecimal.ZERO;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.CostMeter;
import io.buckbench.budget.Phase;
import io.buckbench.budget.PriceCard;
import io.buckbench.budget.PriceCards;
import io.buckbench.input.InvalidInputException;
import io.buckbench.train.AdamWOptions;
import io.buckbench.train.LearningRateSchedule;
import io.buckbench.train.LinearSchedule;
import io.buckbench.train.StepGate;
import io.buckbench.train.StepMetric;
import io.buckbench.train.TrainingOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How long a single training takes: steps, or dollars by a price card. */
final class TrainingLength {
  @ArgGroup(multiplicity = "1")
  private Either either;

  @Option(
      names = "--learning-rate",
      defaultValue = "1e-3",
      description = "the highest rate; default: ${DEFAULT-VALUE}")
  private double learningRate;

  @Option(
      names = "--price-card",
      defaultValue = "cpu-2",
      description = "a row of benchmarks/prices.csv; default: ${DEFAULT-VALUE}")
  private String priceCard;

  private static final class Either {
    @Option(names = "--steps", description = "so many steps, the rate falling to 0")
    private Integer steps;

    @Option(names = "--usd", description = "so many dollars, at a constant rate")
    private BigDecimal usd;
  }

  /** Steps if they are known beforehand, otherwise -1. */
  long expectedSteps() {
    return either.steps == null ? -1 : either.steps;
  }

  TrainingOptions options(long seed) {
    LearningRateSchedule schedule =
        either.steps == null
            ? LearningRateSchedule.constant()
            : new LinearSchedule(either.steps / 10, either.steps);
    return new TrainingOptions(learningRate, schedule, AdamWOptions.defaults(), 1.0, seed);
  }

  Meter meter() {
    PriceCards cards = PriceCards.read(Path.of("benchmarks", "prices.csv"));
    PriceCard card =
        cards
            .find(priceCard)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "--price-card", priceCard, "one of " + cards.ids(), "name one of these"));
    if (either.steps != null && either.steps < 1) {
      throw new InvalidInputException(
          "--steps", either.steps + "", "at least 1", "give a number of steps, or --usd");
    }
    BudgetPlan plan =
        either.steps == null
            ? BudgetPlan.training(
                "--usd", card, BudgetClock.METERED, either.usd, Optional.empty(), 0)
            : new BudgetPlan(
                card,
                BudgetClock.PLANNED,
                ZERO,
                ZERO,
                ZERO,
                ZERO,
                either.steps,
                List.of("--steps"));
    CostMeter cost = new CostMeter("--usd", plan, System::nanoTime, () -> {});
    return new Meter(cost);
  }

  /** Counts every step's cost, and ends the training at its steps or its dollars. */
  static final class Meter implements StepGate {
    private final CostMeter cost;

    private Meter(CostMeter cost) {
      this.cost = cost;
    }

    @Override
    public boolean mayStep(int step) {
      if (step == 1) {
        cost.begin(Phase.TRAIN);
      }
      return cost.admitsStep();
    }

    @Override
    public void stepped(StepMetric metric) {
      cost.stepDone();
    }

    BigDecimal spentUsd() {
      return cost.spentUsd();
    }

    int steps() {
      return cost.steps();
    }

    CostLedger ledger() {
      return cost.ledger();
    }
  }
}
