package io.buckbench.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.CostLedger;
import io.buckbench.eval.AnswerSheets;
import io.buckbench.eval.Prediction;
import io.buckbench.findings.RunFixtures;
import io.buckbench.record.Provenance;
import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialResultsTest {
  @Test
  void answers_read_back_as_they_were_given() {
    List<Prediction> given = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      String text = i % 3 == 0 ? "yes" : i % 7 == 0 ? "###" : i % 11 == 0 ? "" : "no";
      given.add(AnswerSheets.yesNo("row-" + i, "", i % 2 == 0, text, Double.NaN, Double.NaN));
    }
    TrialResults results = TrialResults.of(RunFixtures.run("lora_8", 1, given));
    assertThat(results.predictions(TestSet.of(given))).isEqualTo(given);
  }

  @Test
  void times_costs_and_the_number_of_workers_are_no_part_of_the_bits() {
    RunRecord run = SyntheticRuns.trial("lora-r4", "lora", 1, 30);
    Provenance p = run.provenance();
    RunRecord slower =
        RunCopy.of(run)
            .provenance(
                new Provenance(
                    "2026-12-24T12:00:00Z",
                    p.commit(),
                    p.dirty(),
                    p.command(),
                    p.deviceClass(),
                    p.device(),
                    p.precision(),
                    p.threads(),
                    p.workers() + 7,
                    p.versions(),
                    p.pytorchFlags(),
                    p.sha256()))
            .steps(run.steps().stream().map(TrialResultsTest::slower).toList())
            .cost(
                new CostLedger(
                    run.cost().priceCard(),
                    run.cost().clock(),
                    run.cost().budgetUsd(),
                    run.cost().plannedSteps(),
                    run.cost().arithmetic(),
                    List.of(),
                    List.of()))
            .record();
    assertThat(slower).isNotEqualTo(run);
    assertThat(RecordDifferences.ofResults(run, slower)).isEmpty();
    assertThat(TrialResults.of(slower)).isEqualTo(TrialResults.of(run));
  }

  private static StepMetric slower(StepMetric s) {
    return new StepMetric(
        s.step(), s.loss(), s.learningRate(), s.gradientNorm(), s.tokens(), 2 * s.seconds() + 1);
  }
}
