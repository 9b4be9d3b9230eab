package io.buckbench.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static Prediction p(int i, String level, boolean wanted, String text, double odds) {
    return AnswerSheets.yesNo("r" + i, level, wanted, text, odds, 0);
  }

  @Test
  void the_strict_rule_ignores_case_and_white_space_but_does_not_accept_true() {
    List<Prediction> rows =
        List.of(
            p(0, "", true, " Yes\n", 1),
            p(1, "", true, "true", 1),
            p(2, "", false, "NO", -1),
            p(3, "", false, "###", 1),
            p(4, "", false, " ###", 1),
            p(5, "", false, "yes.", 1));
    Scores scores = Scores.of(rows);
    assertThat(scores.counts()).isEqualTo(AnswerSheets.counts(1, 0, 1, 0, 1, 3));
    assertThat(scores.accuracy()).isEqualTo(2 / 6.0);
    assertThat(scores.balancedAccuracy()).isEqualTo((1 / 2.0 + 1 / 4.0) / 2);
    assertThat(scores.counts().parseRate()).isEqualTo(2 / 6.0);
    assertThat(scores.otherAnswers())
        .containsExactly(entry("###", 2), entry("true", 1), entry("yes.", 1));
    assertThat(scores.commonestOthers(2)).isEqualTo("\"###\" 2x, \"true\" 1x");
  }

  @Test
  void the_prior_of_the_untouched_model_removes_a_bias_to_yes() {
    List<Prediction> untouched = List.of(p(0, "", true, "x", 2), p(1, "", false, "x", 4));
    LikelihoodPrior prior = LikelihoodPrior.of(untouched);
    assertThat(prior.logOdds()).containsExactly(3.0, 0.0);

    List<Prediction> rows =
        List.of(
            p(0, "", true, "x", 3.5),
            p(1, "", true, "x", 4),
            p(2, "", false, "x", 1),
            p(3, "", false, "x", 2.5));
    LikelihoodScores scores = Scores.of(rows, prior, LikelihoodPrior.NONE).likelihood();
    assertThat(scores.accuracy()).as("always yes").isEqualTo(0.5);
    assertThat(scores.normalisedAccuracy()).isEqualTo(1);
    assertThat(scores.areaUnderCurve()).as("well ordered").isEqualTo(1);
  }

  @Test
  void tied_likelihoods_are_wrong_and_give_an_area_of_one_half() {
    LikelihoodScores scores =
        Scores.of(List.of(p(0, "", true, "x", 0), p(1, "", false, "x", 0))).likelihood();
    assertThat(scores.accuracy()).isZero();
    assertThat(scores.areaUnderCurve()).isEqualTo(0.5);
  }

  @Test
  void items_without_likelihoods_have_no_likelihood_scores() {
    Scores scores = Scores.of(List.of(p(0, "", true, "yes", Double.NaN)));
    assertThat(scores.likelihood().items()).isZero();
    assertThat(scores.likelihood().accuracy()).isNaN();
    assertThatThrownBy(() -> LikelihoodPrior.of(List.of(p(0, "", true, "yes", Double.NaN))))
        .hasMessageContaining("have no likelihoods");
  }

  @Test
  void levels_are_scored_separately() {
    Scores scores =
        Scores.of(
            List.of(
                p(0, "presence", true, "yes", 1),
                p(1, "binding", true, "no", 1),
                p(2, "binding", false, "no", 1)));
    assertThat(scores.levels().keySet()).containsExactly("binding", "presence");
    assertThat(scores.levels().get("binding").accuracy()).isEqualTo(0.5);
    assertThat(scores.levels().get("presence").accuracy()).isEqualTo(1);
  }

  @Test
  void scores_need_at_least_one_answer_and_no_negative_count() {
    assertThatThrownBy(() -> Scores.of(List.of())).hasMessageContaining("at least one test item");
    assertThatThrownBy(() -> AnswerSheets.counts(-1, 0, 0, 0, 0, 2))
        .hasMessageContaining("negative");
  }

  @Test
  void the_diagnosis_distinguishes_four_bad_results_and_a_good_one() {
    assertThat(kind(AnswerSheets.counts(10, 0, 300, 5, 0, 285)))
        .isEqualTo(Diagnosis.Kind.WRONG_FORMAT);
    assertThat(kind(AnswerSheets.counts(366, 6, 0, 226, 2, 0))).isEqualTo(Diagnosis.Kind.COLLAPSED);
    assertThat(kind(AnswerSheets.counts(186, 186, 0, 112, 116, 0)))
        .isEqualTo(Diagnosis.Kind.NO_KNOWLEDGE);
    assertThat(kind(AnswerSheets.counts(300, 72, 0, 60, 168, 0))).isEqualTo(Diagnosis.Kind.LEARNED);
    List<Prediction> good = AnswerSheets.of(AnswerSheets.counts(300, 72, 0, 60, 168, 0));
    assertThat(Diagnosis.of(Scores.of(good), true).kind()).isEqualTo(Diagnosis.Kind.DIVERGED);
  }

  @Test
  void the_sentence_on_a_wrong_format_has_the_texts_and_the_likelihood_scores() {
    List<Prediction> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      boolean wanted = i % 2 == 0;
      rows.add(p(i, "", wanted, i < 90 ? "###" : "yes", wanted ? 1 : -1));
    }
    assertThat(Diagnosis.of(Scores.of(rows), false).sentence())
        .isEqualTo(
            "wrong format: 90.00 % of the answers are neither yes nor no, most often \"###\" 90x;"
                + " by likelihood of yes against no 100.00 % are right (ROC area 1.000)");
  }

  @Test
  void formatted_numbers_do_not_depend_on_the_locale() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("ru"));
      assertThat(new Interval(0.6128, 0.5, 0.7).inPoints()).isEqualTo("61.28 [50.00, 70.00]");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  private static Diagnosis.Kind kind(AnswerCounts counts) {
    return Diagnosis.of(Scores.of(AnswerSheets.of(counts)), false).kind();
  }

  @Test
  void wilson_intervals_equal_published_examples() {
    // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    Interval interval = Interval.wilson(81, 263);
    assertThat(interval.low()).isCloseTo(0.2553, within(5e-5));
    assertThat(interval.high()).isCloseTo(0.3662, within(5e-5));
    // 0 of 20 gives 0 to 0.1611 there.
    assertThat(Interval.wilson(0, 20).high()).isCloseTo(0.1611, within(5e-5));
    assertThat(Interval.wilson(0, 20).low()).isZero();
  }
}
