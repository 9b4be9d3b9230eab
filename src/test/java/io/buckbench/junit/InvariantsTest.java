package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.train.StepMetric;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InvariantsTest {
  private static final RunRecord GOOD = SyntheticRuns.trial("lora-r4", "lora", 1, 30);

  @Test
  void a_good_trial_keeps_every_promise() {
    assertThat(Invariants.of(GOOD).values()).hasSize(6).containsOnly("");
  }

  @ParameterizedTest
  @MethodSource("brokenTrials")
  void a_broken_promise_says_what_broke(String promise, RunRecord run, String words) {
    assertThat(Invariants.of(run)).containsEntry(promise, words);
    assertThat(Invariants.of(run).values()).filteredOn(v -> !v.isEmpty()).hasSize(1);
  }

  static Stream<Arguments> brokenTrials() {
    StepMetric nan = new StepMetric(2, Double.NaN, 0.001, 1, 512, 0.1);
    StepMetric exploding = new StepMetric(2, 0.5, 0.001, Double.POSITIVE_INFINITY, 512, 0.1);
    return Stream.of(
        Arguments.of(
            "the trial completed",
            SyntheticRuns.with(
                GOOD, RunStatus.FAILED, "out of memory", GOOD.steps(), GOOD.predictions()),
            "it failed: out of memory"),
        Arguments.of(
            "losses and gradients are finite",
            steps(RunStatus.DIVERGED, nan),
            "step 2 of 2 has loss NaN and gradient norm 1.0"),
        Arguments.of(
            "losses and gradients are finite",
            steps(RunStatus.COMPLETED, exploding),
            "step 2 of 2 has loss 0.5 and gradient norm Infinity"),
        Arguments.of(
            "the budget was kept",
            cost(BudgetClock.PLANNED, 11, "0.0001"),
            "the plan bought 11 steps, 12 were taken"),
        Arguments.of(
            "the budget was kept",
            cost(BudgetClock.METERED, 99, "0.0000335"),
            "$0.0000336 were spent of $0.0000335"),
        Arguments.of(
            "the base weights are bit-equal",
            memory(false, 0),
            "training an adapter changed the frozen base weights"),
        Arguments.of(
            "no arrays were left alive",
            memory(true, 3),
            "3 arrays are alive that were not there before the trial"),
        Arguments.of(
            "every test row was answered once",
            SyntheticRuns.with(GOOD, RunStatus.COMPLETED, "", GOOD.steps(), List.of()),
            "the trial completed without a single answer"),
        Arguments.of(
            "every test row was answered once",
            SyntheticRuns.with(
                GOOD,
                RunStatus.COMPLETED,
                "",
                GOOD.steps(),
                List.of(GOOD.predictions().get(0), GOOD.predictions().get(0))),
            "2 answers to 1 different test rows"));
  }

  @Test
  void seconds_of_a_slow_machine_do_not_break_a_planned_budget() {
    assertThat(Invariants.of(cost(BudgetClock.PLANNED, 12, "0.0000001")).values()).containsOnly("");
  }

  private static RunRecord steps(RunStatus status, StepMetric second) {
    return SyntheticRuns.with(
        GOOD, status, "", List.of(GOOD.steps().get(0), second), GOOD.predictions());
  }

  private static RunRecord cost(BudgetClock clock, int planned, String budget) {
    CostLedger c = GOOD.cost();
    return changed(
        new CostLedger(
            c.priceCard(), clock, new BigDecimal(budget), planned, c.arithmetic(), c.entries()),
        true,
        0);
  }

  private static RunRecord memory(boolean baseUnchanged, long leaked) {
    return changed(GOOD.cost(), baseUnchanged, leaked);
  }

  private static RunRecord changed(CostLedger cost, boolean baseUnchanged, long leaked) {
    return RunCopy.of(GOOD)
        .cost(cost)
        .trained(GOOD.trainableSha256(), baseUnchanged, leaked)
        .record();
  }
}
