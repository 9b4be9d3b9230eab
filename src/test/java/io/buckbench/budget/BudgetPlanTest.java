package io.buckbench.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetPlanTest {
  static Throughput throughput(String secondsPerStep) {
    return new Throughput(
        "t",
        LocalDate.EPOCH,
        "V100",
        "opt-125m",
        "lora",
        "8 x 128",
        new BigDecimal(secondsPerStep),
        new BigDecimal("10"),
        new BigDecimal("0.02"),
        "test",
        "",
        Optional.empty());
  }

  private static BudgetPlan plan(
      String card, BudgetClock clock, String usd, Optional<Throughput> throughput, int testItems) {
    return BudgetPlan.training(
        "smoke.csv:7",
        PriceCardsTest.shipped(card),
        clock,
        new BigDecimal(usd),
        throughput,
        testItems);
  }

  @Test
  void the_arithmetic_derives_the_papers_seconds_and_those_of_the_730_hour_convention() {
    assertThat(plan("paper-v100", BudgetClock.METERED, "1", Optional.empty(), 0).arithmetic())
        .containsExactly(
            "price card paper-v100 (V100, us-central1, 2023-08-06): gpu $1810.40/month + vm"
                + " $277.40/month + disk $20.00/month = $2107.80 a month of 720 hours",
            "$2107.80 / 720 h = $2.9275 an hour",
            "$1 x 720 h x 3600 s / $2107.80 = 1229.7 s");
    assertThat(plan("paper-v100-730", BudgetClock.METERED, "1", Optional.empty(), 0).arithmetic())
        .contains("$1 x 730 h x 3600 s / $2107.80 = 1246.8 s");
  }

  @Test
  void a_limit_on_the_steps_ends_the_plan_earlier_and_is_stated() {
    BudgetPlan planned =
        plan("paper-v100", BudgetClock.PLANNED, "1", Optional.of(throughput("1.43")), 0);
    assertThat(planned.atMost(2).steps()).isEqualTo(2);
    assertThat(planned.atMost(5000).steps()).isEqualTo(859);
    BudgetPlan metered = plan("paper-v100", BudgetClock.METERED, "1", Optional.empty(), 0);
    assertThat(metered.atMost(2).steps()).isEqualTo(2);
    assertThat(metered.atMost(2).arithmetic())
        .startsWith(metered.arithmetic().toArray(String[]::new))
        .last()
        .asString()
        .contains("after 2 steps at most (max_steps)");
  }

  @Test
  void steps_are_rounded_down_to_a_whole_number() {
    BudgetPlan plan =
        plan("paper-v100", BudgetClock.PLANNED, "1", Optional.of(throughput("1.43")), 1635);
    assertThat(plan.steps()).isEqualTo(859);
    assertThat(plan.firstStepSeconds()).isEqualByComparingTo("1.43");
    assertThat(plan.arithmetic())
        .last()
        .asString()
        .contains("1229.7 s / 1.43 s a step")
        .contains("= 859 steps");
  }

  @Test
  void loading_and_evaluation_are_reserved_if_the_price_card_charges_them() {
    BudgetPlan planned =
        plan("gcp-v100", BudgetClock.PLANNED, "1", Optional.of(throughput("1")), 1635);
    assertThat(planned.reservedSeconds()).isEqualByComparingTo("42.70");
    // 3600 x 730 / (2.86 x 730 + 20) = 1246.8 s, whole seconds, less the reserved ones.
    assertThat(planned.affordableSeconds()).isEqualByComparingTo("1246");
    assertThat(planned.steps()).isEqualTo(1203);
    assertThat(
            plan("gcp-v100", BudgetClock.METERED, "1", Optional.of(throughput("1")), 1635)
                .reservedSeconds())
        .isEqualByComparingTo("32.70");
  }

  @Test
  void a_budget_of_zero_or_below_the_first_step_is_refused() {
    assertThatThrownBy(() -> plan("paper-v100", BudgetClock.METERED, "0", Optional.empty(), 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("smoke.csv:7: found a budget of $0, expected more than $0; raise usd");
    assertThatThrownBy(
            () ->
                plan(
                    "paper-v100", BudgetClock.PLANNED, "0.001", Optional.of(throughput("1.43")), 0))
        .hasMessage(
            "smoke.csv:7: found $0.001, which pays for 1.2297 s of training by price card"
                + " paper-v100, expected at least one step of 1.43 s; raise usd, or make the step"
                + " smaller");
    assertThatThrownBy(() -> plan("gcp-v100", BudgetClock.METERED, "0.01", Optional.empty(), 0))
        .hasMessageContaining("at least the minimum of 60 s");
    assertThatThrownBy(() -> plan("paper-v100", BudgetClock.PLANNED, "1", Optional.empty(), 0))
        .hasMessageContaining("the planned clock without a throughput");
  }

  @Test
  void a_charged_evaluation_without_a_throughput_is_refused() {
    assertThatThrownBy(() -> plan("gcp-v100", BudgetClock.METERED, "1", Optional.empty(), 1635))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "smoke.csv:7: found price card gcp-v100, which charges the evaluation too, without a"
                + " throughput, expected the id of a row of throughput.csv, to reserve the"
                + " cost of the evaluation; measure one with calibrate, or use a price card that"
                + " bills training only");
    assertThat(plan("gcp-v100", BudgetClock.METERED, "1", Optional.empty(), 0).reservedSeconds())
        .as("nothing is reserved if nothing is evaluated")
        .isZero();
  }
}
