package io.buckbench.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.input.InvalidInputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostMeterTest {
  private final FakeClock clock = new FakeClock();

  static BudgetPlan metered(String card, String usd, Optional<Throughput> throughput) {
    return BudgetPlan.training(
        "x.csv:2",
        PriceCardsTest.shipped(card),
        BudgetClock.METERED,
        new BigDecimal(usd),
        throughput,
        throughput.isEmpty() ? 0 : 100);
  }

  private CostMeter meter(BudgetPlan plan) {
    return new CostMeter("x.csv:2", plan, clock::nanos, () -> {});
  }

  @Test
  void steps_of_equal_duration_never_exceed_a_metered_budget() {
    CostMeter meter = meter(metered("paper-v100", "0.01", Optional.empty()));
    meter.begin(Phase.TRAIN);
    int steps = 0;
    for (; meter.admitsStep(); steps++) {
      clock.passes(0.1);
      meter.stepDone();
    }
    // 12.297 s, of which five steps are kept in reserve
    assertThat(steps).isEqualTo(118);
    assertThat(meter.spentUsd()).isLessThanOrEqualTo(new BigDecimal("0.01"));
  }

  @Test
  void the_reserve_covers_five_times_the_slow_first_steps() {
    CostMeter meter = meter(metered("paper-v100", "0.01", Optional.empty()));
    meter.begin(Phase.TRAIN);
    // The first step compiles and allocates; 12.297 s - 5 x 0.5 s are used.
    assertThat(train(meter, step -> step == 1 ? 0.5 : 0.1)).isEqualTo(94);
    assertThat(meter.ledger().stalls()).isEmpty();
  }

  @Test
  void a_step_of_five_times_the_longest_before_it_is_paid_for() {
    CostMeter meter = meter(metered("paper-v100", "0.01", Optional.empty()));
    meter.begin(Phase.TRAIN);
    train(meter, step -> meter.spentUsd().doubleValue() > 0.0095 ? 0.5 : 0.1);
    assertThat(meter.ledger().overspent()).isFalse();
    assertThat(meter.ledger().beyondUsd()).isZero();
  }

  @Test
  void a_stall_that_overspends_is_marked_in_the_ledger_and_one_that_does_not_is_listed() {
    CostMeter meter = meter(metered("paper-v100", "0.01", Optional.empty()));
    meter.begin(Phase.TRAIN);
    train(meter, step -> step == 2 ? 0.6 : step == 60 ? 9 : 0.1);
    meter.begin(Phase.EVALUATE);
    clock.passes(100);
    meter.end();
    CostLedger ledger = meter.ledger();
    assertThat(ledger.stalls())
        .containsExactly(new Stall(2, 0.6, 0.1, false), new Stall(60, 9, 0.6, true));
    assertThat(ledger.overspent()).isTrue();
    assertThat(ledger.overspending())
        .isEqualTo("by a stall: step 60 took 9.00 s, the longest before it 0.600 s");
    // 15.4 s were spent of 12.297 s.
    assertThat(ledger.beyondUsd().doubleValue()).isCloseTo(0.01 * 3.103 / 12.297, within(1e-6));
  }

  @Test
  void a_stall_under_the_planned_clock_is_listed_and_overspends_nothing() {
    CostMeter meter =
        meter(
            BudgetPlan.training(
                "x.csv:2",
                PriceCardsTest.shipped("paper-v100"),
                BudgetClock.PLANNED,
                new BigDecimal("0.01"),
                Optional.of(BudgetPlanTest.throughput("2")),
                100));
    meter.begin(Phase.TRAIN);
    train(meter, step -> step == 6 ? 20 : 2);
    assertThat(meter.ledger().stalls()).containsExactly(new Stall(6, 20, 2, false));
    assertThat(meter.ledger().overspent()).isFalse();
    assertThat(meter.ledger().beyondUsd()).isPositive();
  }

  /** Trains until the meter refuses a step, and returns the number of steps. */
  private int train(CostMeter meter, IntToDoubleFunction seconds) {
    while (meter.admitsStep()) {
      clock.passes(seconds.applyAsDouble(meter.steps() + 1));
      meter.stepDone();
    }
    return meter.steps();
  }

  @Test
  void a_first_step_above_the_budget_is_refused_before_it_if_a_throughput_is_known() {
    assertThatThrownBy(
            () -> metered("paper-v100", "0.001", Optional.of(BudgetPlanTest.throughput("1.43"))))
        .hasMessageContaining("x.csv:2: found $0.001")
        .hasMessageContaining("at least one step of 1.43 s");
  }

  @Test
  void a_first_step_above_the_budget_is_refused_after_it_if_no_throughput_is_known() {
    CostMeter meter = meter(metered("paper-v100", "0.001", Optional.empty()));
    meter.begin(Phase.TRAIN);
    assertThat(meter.admitsStep()).isTrue();
    clock.passes(1.43);
    assertThatThrownBy(meter::stepDone)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("x.csv:2: found $0.001, which pays for 1.2297 s")
        .hasMessageContaining("at least one step of 1.43 s");
  }

  @Test
  void a_milestone_whose_budget_is_below_the_first_step_is_refused_and_cost_no_training() {
    CostMeter meter = meter(metered("paper-v100", "1", Optional.empty()));
    BudgetPlan smaller = metered("paper-v100", "0.001", Optional.empty());
    meter.begin(Phase.TRAIN);
    assertThat(meter.admitsStep(smaller)).isTrue();
    clock.passes(1.43);
    meter.stepDone();
    assertThatThrownBy(() -> meter.admitsStep(smaller))
        .hasMessageContaining("x.csv:2: found $0.001, which pays for 1.2297 s")
        .hasMessageContaining("at least one step of 1.43 s");
    assertThat(meter.belowFirstStep(smaller)).isPresent();
    assertThat(meter.untrained(smaller).spentUsd()).isZero();
    assertThat(meter.untrained(smaller).steps()).isZero();
  }

  @Test
  void loading_that_uses_up_the_budget_is_refused_before_the_first_step() {
    CostMeter meter =
        meter(metered("gcp-v100", "0.1", Optional.of(BudgetPlanTest.throughput("1"))));
    meter.begin(Phase.LOAD);
    clock.passes(122);
    meter.begin(Phase.TRAIN);
    // The budget pays for 124 s, of which 2 s are reserved for 100 test items.
    assertThatThrownBy(meter::admitsStep).hasMessageContaining("pays for 0 s of training");
  }

  @Test
  void the_planned_clock_takes_the_planned_steps_however_long_they_take() {
    BudgetPlan plan =
        BudgetPlan.training(
            "x.csv:2",
            PriceCardsTest.shipped("paper-v100"),
            BudgetClock.PLANNED,
            new BigDecimal("0.01"),
            Optional.of(BudgetPlanTest.throughput("2")),
            100);
    CostMeter meter = meter(plan);
    meter.begin(Phase.TRAIN);
    while (meter.admitsStep()) {
      clock.passes(100);
      meter.stepDone();
    }
    assertThat(meter.steps()).isEqualTo(plan.steps()).isEqualTo(6);
    assertThat(meter.spentUsd()).as("the meter still runs").isGreaterThan(new BigDecimal("0.4"));
  }

  @Test
  void the_ledger_charges_the_phases_that_the_price_card_bills() {
    CostMeter meter = meter(metered("paper-v100", "1", Optional.empty()));
    run(meter, 3, 7.5, 2);
    CostLedger ledger = meter.ledger();
    assertThat(ledger.entries())
        .extracting(CostLedger.Entry::phase, CostLedger.Entry::seconds, CostLedger.Entry::billed)
        .containsExactly(
            tuple(Phase.LOAD, 3.0, false),
            tuple(Phase.TRAIN, 7.5, true),
            tuple(Phase.EVALUATE, 2.0, false));
    // 7.5 s of $2.9275 an hour.
    assertThat(ledger.spentUsd()).isEqualByComparingTo("0.006098958333");
    assertThat(ledger.budgetUsd()).isEqualByComparingTo("1");
    assertThat(ledger.clock()).isEqualTo(BudgetClock.METERED);
  }

  @Test
  void the_ledger_shows_the_cost_of_rounding_up_to_the_minimum() {
    CostMeter meter = meter(metered("gcp-v100", "1", Optional.empty()));
    run(meter, 3, 7.5, 2);
    CostLedger ledger = meter.ledger();
    assertThat(ledger.entries()).allMatch(CostLedger.Entry::billed);
    assertThat(ledger.entries().get(3))
        .extracting(CostLedger.Entry::phase, CostLedger.Entry::seconds)
        .containsExactly(Phase.ROUNDING, 47.5);
    assertThat(ledger.spentUsd())
        .isCloseTo(
            PriceCardsTest.shipped("gcp-v100").usd(new BigDecimal("60")),
            within(new BigDecimal("0.000000000004")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paper-v100 | $1 x 720 h x 3600 s / $2107.80 = 1229.7 s",
        "paper-v100-730 | $1 x 730 h x 3600 s / $2107.80 = 1246.8 s"
      })
  void the_ledger_derives_the_papers_seconds_and_those_of_the_730_hour_convention(
      String card, String arithmetic) {
    CostMeter meter = meter(metered(card, "1", Optional.empty()));
    run(meter, 1, 1, 1);
    assertThat(meter.ledger().arithmetic()).contains(arithmetic);
  }

  /** The paper says "about 1,230 s": the same number, rounded to ten seconds. */
  @Test
  void a_dollar_buys_the_papers_seconds() {
    BigDecimal seconds = metered("paper-v100", "1", Optional.empty()).affordableSeconds();
    assertThat(seconds.setScale(-1, RoundingMode.HALF_UP)).isEqualByComparingTo("1230");
  }

  private void run(CostMeter meter, double load, double train, double evaluate) {
    meter.begin(Phase.LOAD);
    clock.passes(load);
    meter.begin(Phase.TRAIN);
    assertThat(meter.admitsStep()).isTrue();
    clock.passes(train);
    meter.stepDone();
    meter.begin(Phase.EVALUATE);
    clock.passes(evaluate);
    meter.end();
  }

  @Test
  void a_step_ends_when_the_device_has_finished() {
    // A device that finishes 0.4 s after the last call returned.
    CostMeter meter =
        new CostMeter(
            "x.csv:2",
            metered("paper-v100", "1", Optional.empty()),
            clock::nanos,
            () -> clock.passes(0.4));
    meter.begin(Phase.TRAIN);
    clock.passes(0.1);
    assertThat(meter.stepDone()).isCloseTo(0.5, within(1e-9));
  }
}
