package io.buckbench.cli;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostMeter;
import io.buckbench.budget.PriceCard;
import io.buckbench.budget.PriceCards;
import io.buckbench.input.InvalidInputException;
import io.buckbench.train.AdamWOptions;
import io.buckbench.train.LearningRateSchedule;
import io.buckbench.train.LinearSchedule;
import io.buckbench.train.TrainingOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options for the length of a training: steps, or dollars on a price card. */
final class TrainingLength {
  @ArgGroup(multiplicity = "1")
  private Either either;

  @Option(
      names = "--learning-rate",
      defaultValue = "1e-3",
      description = "the peak rate; default: ${DEFAULT-VALUE}")
  private double learningRate;

  @Option(
      names = "--price-card",
      defaultValue = "cpu-2",
      description = "a row of benchmarks/prices.csv; default: ${DEFAULT-VALUE}")
  private String priceCard;

  private static final class Either {
    @Option(names = "--steps", description = "number of steps; the rate decays to 0")
    private Integer steps;

    @Option(names = "--usd", description = "number of dollars; the rate is constant")
    private BigDecimal usd;
  }

  /** The number of steps if it is known in advance, otherwise -1. */
  long expectedSteps() {
    return either.steps == null ? -1 : either.steps;
  }

  /** The dollars to spend; zero if the steps are limited instead. */
  BigDecimal budget() {
    return either.usd == null ? BigDecimal.ZERO : either.usd;
  }

  TrainingOptions options(long seed) {
    LearningRateSchedule schedule =
        either.steps == null
            ? LearningRateSchedule.constant()
            : new LinearSchedule(either.steps / 10, either.steps);
    return new TrainingOptions(learningRate, schedule, AdamWOptions.defaults(), 1.0, seed);
  }

  /** Creates a meter whose plan ends the training after its steps or dollars. */
  CostMeter meter() {
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
            : BudgetPlan.steps(card, either.steps);
    return new CostMeter("--usd", plan, System::nanoTime, () -> {});
  }
}
