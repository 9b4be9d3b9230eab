package io.buckbench.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Stall;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.train.StepMetric;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PromiseTest {
  private static final RunRecord GOOD = SyntheticRuns.trial("lora-r4", "lora", 1, 30);

  @Test
  void a_good_trial_keeps_every_promise() {
    assertThat(GOOD.promises())
        .extracting(PromiseCheck::promise)
        .containsExactly(allBut(Promise.BUDGET_KEPT));
    assertThat(GOOD.promises()).allMatch(PromiseCheck::kept);
    assertThat(GOOD.broken()).isEmpty();
  }

  @Test
  void a_metered_trial_keeps_its_dollars_and_a_planned_one_its_steps() {
    assertThat(cost(BudgetClock.METERED, 0, "0.001").promises())
        .extracting(PromiseCheck::promise)
        .containsExactly(allBut(Promise.STEPS_KEPT));
  }

  private static Promise[] allBut(Promise other) {
    return Arrays.stream(Promise.values()).filter(p -> p != other).toArray(Promise[]::new);
  }

  @ParameterizedTest
  @MethodSource("broken_trials")
  void a_broken_promise_names_what_broke_it(String promise, RunRecord run, String found) {
    assertThat(run.broken()).hasToString("[" + promise + ": " + found + "]");
  }

  static Stream<Arguments> broken_trials() {
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
            "no step was taken beyond the plan",
            cost(BudgetClock.PLANNED, 11, "0.0001"),
            "the plan bought 11 steps, 12 were taken"),
        Arguments.of(
            "the budget was kept",
            cost(BudgetClock.METERED, 99, "0.0000335"),
            "$0.0000336 were spent of $0.0000335, without a stall: the first step, or a phase other"
                + " than training, was too long"),
        Arguments.of(
            "the budget was kept",
            RunCopy.of(cost(BudgetClock.METERED, 99, "0.0000335"))
                .stalls(List.of(new Stall(12, 1.5, 0.125, true)))
                .record(),
            "$0.0000336 were spent of $0.0000335, by a stall: step 12 took 1.50 s, the longest"
                + " before it 0.125 s"),
        Arguments.of(
            "the base weights are bit-equal",
            seen(new Inspection(false, 0, 0, "", 0)),
            "training an adapter changed the frozen base weights"),
        Arguments.of(
            "no arrays were left alive",
            seen(new Inspection(true, 3, 0, "", 0)),
            "3 arrays are alive that were not there before the trial"),
        Arguments.of(
            "parameters are finite",
            seen(new Inspection(true, 0, 12, "lora_A.weight", 0)),
            "12 numbers are not, the first in lora_A.weight"),
        Arguments.of(
            "logits are finite",
            seen(new Inspection(true, 0, 0, "", 40)),
            "40 answers were chosen by logits that are not"),
        Arguments.of(
            "every test item was answered once",
            SyntheticRuns.with(GOOD, RunStatus.COMPLETED, "", GOOD.steps(), List.of()),
            "the trial completed without a single answer"),
        Arguments.of(
            "every test item was answered once",
            SyntheticRuns.with(
                GOOD,
                RunStatus.COMPLETED,
                "",
                GOOD.steps(),
                List.of(GOOD.predictions().get(0), GOOD.predictions().get(0))),
            "2 answers to 1 different test items"));
  }

  @Test
  void always_yes_has_no_likelihoods_and_keeps_every_promise() {
    assertThat(SyntheticRuns.allYes(1).broken()).isEmpty();
  }

  @Test
  void the_message_of_a_broken_promise_says_where_it_broke_and_what_to_do() {
    assertThat(seen(new Inspection(true, 3, 0, "", 0)).broken().get(0).line("mini/lora-r4 seed 1"))
        .isEqualTo(
            "promise broken: mini/lora-r4 seed 1, \"no arrays were left alive\": 3 arrays are alive"
                + " that were not there before the trial; report the method: its numbers are"
                + " right, but memory grows from trial to trial");
  }

  @Test
  void a_training_needs_no_answers_and_an_evaluation_no_budget() {
    Work training = Work.training("", GOOD.steps(), Optional.of(GOOD.cost()), Inspection.NONE);
    Work evaluation = Work.evaluation(GOOD.predictions(), Inspection.NONE);
    assertThat(PromiseCheck.broken(training)).isEmpty();
    assertThat(PromiseCheck.broken(evaluation)).isEmpty();
  }

  @Test
  void the_seconds_of_a_slow_machine_do_not_break_a_planned_budget() {
    assertThat(cost(BudgetClock.PLANNED, 12, "0.0000001").broken()).isEmpty();
  }

  private static RunRecord steps(RunStatus status, StepMetric second) {
    return SyntheticRuns.with(
        GOOD, status, "", List.of(GOOD.steps().get(0), second), GOOD.predictions());
  }

  private static RunRecord cost(BudgetClock clock, int planned, String budget) {
    CostLedger c = GOOD.cost();
    return RunCopy.of(GOOD)
        .cost(
            new CostLedger(
                c.priceCard(),
                clock,
                new BigDecimal(budget),
                planned,
                c.arithmetic(),
                c.entries(),
                c.stalls()))
        .record();
  }

  private static RunRecord seen(Inspection inspection) {
    return RunCopy.of(GOOD).inspection(inspection).record();
  }
}
