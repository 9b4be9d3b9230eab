package io.buckbench.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

class CostMeterPropertyTest {
  /** Distributions of step times; each draws a multiple of an ordinary step. */
  enum StepTimes {
    EVEN,
    UNIFORM,
    LOG_NORMAL,
    PARETO,
    HEAVIER_PARETO,
    OUTLIERS,
    SLOW_START,
    GROWING;

    double draw(Random random, int step) {
      return switch (this) {
        case EVEN -> 1;
        case UNIFORM -> 0.5 + random.nextDouble();
        case LOG_NORMAL -> Math.exp(random.nextGaussian());
        // Its mean is only just finite; its variance is infinite.
        case PARETO -> Math.pow(1 - random.nextDouble(), -1 / 1.1) / 2;
        // Even its mean is infinite: the longest step exceeds the sum of all others.
        case HEAVIER_PARETO -> Math.pow(1 - random.nextDouble(), -1 / 0.7) / 2;
        case OUTLIERS -> random.nextInt(25) == 0 ? 60 : 1;
        case SLOW_START -> step < 3 ? 8 : 1 + random.nextDouble() / 10;
        case GROWING -> 1 + step / 200.0;
      };
    }
  }

  private static final List<StepTimes> HEAVY =
      List.of(StepTimes.LOG_NORMAL, StepTimes.PARETO, StepTimes.HEAVIER_PARETO, StepTimes.OUTLIERS);
  private static final List<StepTimes> TAME =
      List.of(StepTimes.EVEN, StepTimes.UNIFORM, StepTimes.SLOW_START, StepTimes.GROWING);

  /**
   * Without a step over five times the longest before it nothing is overspent, for any distribution
   * of step times. A stall that does overspend is the last step, and marked.
   */
  @StatisticsReport(onFailureOnly = true)
  @Property(tries = 10_000, generation = GenerationMode.RANDOMIZED)
  void only_a_marked_stall_overspends_a_metered_budget_and_little_of_it_is_left(
      @ForAll Random random, @ForAll StepTimes times) {
    BudgetPlan plan = CostMeterTest.metered("paper-v100", "0.1", Optional.empty());
    double budget = plan.affordableSeconds().doubleValue();
    double ordinary = budget * Math.exp(-1 - 5 * random.nextDouble());
    FakeClock clock = new FakeClock();
    CostMeter meter = new CostMeter("x.csv:2", plan, clock::nanos, () -> {});
    List<Double> steps = new ArrayList<>();
    meter.begin(Phase.TRAIN);
    while (meter.admitsStep()) {
      double step = times.draw(random, steps.size()) * ordinary;
      // A first step that exceeds the budget is an error, which CostMeterTest covers.
      step = steps.isEmpty() ? Math.min(step, budget - 1e-6) : step;
      clock.passes(step);
      steps.add(step);
      meter.stepDone();
    }
    meter.end();

    double spent = sum(steps);
    CostLedger ledger = meter.ledger();
    assertThat(meter.spentUsd().doubleValue()).isCloseTo(0.1 * spent / budget, within(1e-9));
    Statistics.label("overspent").collect(times, spent > budget);
    Statistics.label("overspent")
        .coverage(
            seen -> {
              // The assertions below must apply to some of the cases.
              for (StepTimes tail : HEAVY) {
                seen.check(tail, true).count(n -> n > 0);
              }
              for (StepTimes tame : TAME) {
                seen.check(tame, true).count(n -> n == 0);
              }
            });
    assertThat(ledger.overspent()).isEqualTo(spent > budget + 1e-6);
    if (spent > budget) {
      double last = steps.get(steps.size() - 1);
      double longest = longest(steps.subList(0, steps.size() - 1));
      assertThat(spent - last).as("spent before").isLessThanOrEqualTo(budget - 5 * longest + 1e-6);
      assertThat(last).as("the stall").isGreaterThan(5 * longest);
      Stall stall = ledger.stalls().get(ledger.stalls().size() - 1);
      assertThat(stall.overspent()).isTrue();
      assertThat(stall.step()).isEqualTo(steps.size());
      assertThat(stall.seconds()).isCloseTo(last, within(1e-6));
      assertThat(stall.longestBefore()).isCloseTo(longest, within(1e-6));
    } else {
      assertThat(ledger.stalls()).noneMatch(Stall::overspent);
      assertThat(spent).as("used").isGreaterThanOrEqualTo(budget - 5 * longest(steps) - 1e-6);
    }
  }

  /**
   * A milestone ends where a separate training with its budget would have ended. Its evaluation,
   * which may take any time, does not affect the larger budget.
   */
  @Property(tries = 500, generation = GenerationMode.RANDOMIZED)
  void a_metered_milestone_ends_where_a_separate_training_with_its_budget_ends(
      @ForAll Random random, @ForAll StepTimes times) {
    double ordinary = 0.3 * Math.exp(-4 * random.nextDouble());
    // The first step fits the smallest budget; a longer one is an error, see CostMeterTest.
    double[] steps =
        IntStream.range(0, 50_000)
            .mapToDouble(i -> i == 0 ? 0.01 : times.draw(random, i) * ordinary)
            .toArray();
    List<BudgetPlan> smaller =
        Stream.of("0.001", "0.004", "0.02", "0.0999")
            .map(usd -> CostMeterTest.metered("paper-v100", usd, Optional.empty()))
            .toList();
    BudgetPlan whole = CostMeterTest.metered("paper-v100", "0.1", Optional.empty());

    FakeClock clock = new FakeClock();
    CostMeter meter = new CostMeter("x.csv:2", whole, clock::nanos, () -> {});
    Deque<BudgetPlan> ahead = new ArrayDeque<>(smaller);
    List<CostMeter> served = new ArrayList<>();
    meter.begin(Phase.TRAIN);
    while (true) {
      while (!ahead.isEmpty() && !meter.admitsStep(ahead.peek())) {
        meter.pause();
        CostMeter own = meter.under(ahead.remove());
        own.begin(Phase.EVALUATE);
        clock.passes(100 * random.nextDouble());
        own.end();
        served.add(own);
        meter.resume();
      }
      if (!meter.admitsStep()) {
        break;
      }
      clock.passes(steps[meter.steps()]);
      meter.stepDone();
    }

    assertThat(ahead).isEmpty();
    for (int i = 0; i < smaller.size(); i++) {
      CostMeter own = alone(smaller.get(i), steps);
      assertThat(served.get(i).steps()).isEqualTo(own.steps());
      assertThat(served.get(i).ledger().spentUsd()).isEqualTo(own.ledger().spentUsd());
      assertThat(served.get(i).ledger().budgetUsd()).isEqualTo(smaller.get(i).usd());
    }
    assertThat(meter.steps()).isEqualTo(alone(whole, steps).steps());
    assertThat(meter.ledger()).isEqualTo(alone(whole, steps).ledger());
  }

  private static CostMeter alone(BudgetPlan plan, double[] steps) {
    FakeClock clock = new FakeClock();
    CostMeter meter = new CostMeter("x.csv:2", plan, clock::nanos, () -> {});
    meter.begin(Phase.TRAIN);
    while (meter.admitsStep()) {
      clock.passes(steps[meter.steps()]);
      meter.stepDone();
    }
    meter.end();
    return meter;
  }

  private static double sum(List<Double> steps) {
    return steps.stream().mapToDouble(s -> s).sum();
  }

  private static double longest(List<Double> steps) {
    return steps.stream().mapToDouble(s -> s).max().orElseThrow();
  }
}
