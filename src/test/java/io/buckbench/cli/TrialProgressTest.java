package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.Stall;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.report.SyntheticRuns;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialProgressTest {
  private static final RunRecord RUN = SyntheticRuns.trial("lora-r4", "lora", 1, 30);

  @Test
  void a_line_says_what_a_trial_cost() {
    assertThat(line(RUN)).isEqualTo("accuracy 75.00 %, 12 steps, $0.0000336");
  }

  @Test
  void a_line_says_that_a_stall_overspent_a_metered_budget() {
    RunRecord stalled =
        RunCopy.of(RUN)
            .metered("0.00003")
            .stalls(List.of(new Stall(12, 1.5, 0.125, true)))
            .record();
    assertThat(line(stalled))
        .isEqualTo(
            "accuracy 75.00 %, 12 steps, $0.0000336 of $0.00003, overspent by a stall: step 12 took"
                + " 1.50 s, the longest before it 0.125 s");
  }

  @Test
  void a_line_says_that_a_planned_trial_measured_more_than_its_dollars() {
    assertThat(line(RunCopy.of(RUN).planned("0.00003").record()))
        .isEqualTo("accuracy 75.00 %, 12 steps, $0.0000336 measured, $0.00003 planned");
  }

  private static String line(RunRecord run) {
    return TrialProgress.outcome(run);
  }
}
