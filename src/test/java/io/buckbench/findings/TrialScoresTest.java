package io.buckbench.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.eval.AnswerSheets;
import io.buckbench.eval.Prediction;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialScoresTest {
  /** Items with these log-odds of yes, the first two with the label yes; no text is yes or no. */
  private static List<Prediction> rows(double... oddsOfYes) {
    List<Prediction> rows = new ArrayList<>();
    for (int i = 0; i < oddsOfYes.length; i++) {
      rows.add(AnswerSheets.yesNo("row-" + i, "", i < 2, i < 3 ? "###" : "", oddsOfYes[i] - 5, -5));
    }
    return rows;
  }

  private static RunRecord run(String row, long seed, double... oddsOfYes) {
    return RunFixtures.run(row, seed, rows(oddsOfYes));
  }

  @Test
  void the_prior_of_the_untouched_model_is_subtracted_from_the_likelihoods() {
    RunRecord trained = run("lora_8", 1, 4, 5, 1, 2);
    RunRecord untouched = run("none", 1, 3, 3, 3, 3);
    TrialScores scored = TrialScores.of(trained, List.of(trained, untouched));
    assertThat(scored.prior().orElseThrow().logOdds().get(0)).isCloseTo(3, within(1e-12));
    assertThat(scored.scores().orElseThrow().likelihood().accuracy()).isEqualTo(0.5);
    assertThat(scored.normalisedAccuracy()).isEqualTo(1);
    assertThat(scored.normalisedBalancedAccuracy()).isEqualTo(1);
    assertThat(scored.ending()).isEqualTo("wrong format");
    assertThat(scored.sentence()).contains("100.00 %", "\"###\" 3x, \"\" 1x", "ROC area 1.000");
  }

  @Test
  void the_prior_is_that_of_the_same_seed_or_otherwise_of_the_smallest() {
    RunRecord trained = run("lora_8", 2, 4, 5, 1, 2);
    RunRecord first = run("none", 1, 1, 1, 1, 1);
    RunRecord second = run("none", 2, 2, 2, 2, 2);
    RunRecord third = run("none", 3, 3, 3, 3, 3);
    assertThat(priorOf(trained, third, second, first)).isCloseTo(2, within(1e-12));
    assertThat(priorOf(trained, third, first)).isCloseTo(1, within(1e-12));
  }

  private static double priorOf(RunRecord run, RunRecord... suite) {
    return TrialScores.of(run, List.of(suite)).prior().orElseThrow().logOdds().get(0);
  }

  @Test
  void runs_of_another_model_on_other_items_or_of_another_method_give_no_prior() {
    RunRecord trained = run("lora_8", 1, 4, 5, 1, 2);
    RunRecord ofAnotherModel =
        RunCopy.of(run("none", 1, 3, 3, 3, 3)).inputs(Map.of("model", "zz", "data", "bb")).record();
    RunRecord onFewerRows = run("none", 1, 3, 3, 3);
    RunRecord full = run("full", 1, 3, 3, 3, 3);
    TrialScores scored = TrialScores.of(trained, List.of(ofAnotherModel, onFewerRows, full));
    assertThat(scored.prior()).isEmpty();
    assertThat(scored.normalisedAccuracy())
        .as("the plain accuracy is not reported as normalised")
        .isNaN();
    assertThat(scored.normalisedBalancedAccuracy()).isNaN();
  }

  @Test
  void a_data_set_with_shuffled_labels_has_the_same_prior() {
    List<Prediction> turned =
        rows(4, 5, 1, 2).stream()
            .map(
                r ->
                    AnswerSheets.yesNo(
                        r.id(),
                        "",
                        r.wanted() != 0,
                        r.generated(),
                        r.logProbs().get(0),
                        r.logProbs().get(1)))
            .toList();
    RunRecord shuffled = RunFixtures.run("lora_8", 1, turned);
    TrialScores scored = TrialScores.of(shuffled, List.of(run("none", 1, 3, 3, 3, 3)));
    assertThat(scored.normalisedAccuracy()).isZero();
  }

  @Test
  void a_failed_trial_has_its_failure_as_explanation() {
    RunRecord failed =
        RunFixtures.run(
            "lora_8", 1, RunStatus.FAILED, List.of(), new double[0], RunFixtures.PROVENANCE);
    TrialScores scored = TrialScores.of(failed, List.of(run("none", 1, 3, 3, 3, 3)));
    assertThat(scored.scores()).isEmpty();
    assertThat(scored.ending()).isEqualTo("failed");
    assertThat(scored.sentence()).isEqualTo("failed: out of memory");
    assertThat(scored.normalisedAccuracy()).isNaN();
  }

  @Test
  void a_diverged_trial_that_answered_is_still_diverged() {
    RunRecord diverged =
        RunFixtures.run(
            "lora_8",
            1,
            RunStatus.DIVERGED,
            rows(4, 5, 1, 2),
            new double[] {1, Double.NaN},
            RunFixtures.PROVENANCE);
    assertThat(TrialScores.of(diverged, List.of()).ending()).isEqualTo("diverged");
  }
}
