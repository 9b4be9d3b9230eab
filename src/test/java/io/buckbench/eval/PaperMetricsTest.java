package io.buckbench.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recomputes the paper's Table 1 and Figure 4 (Hamilton and Mueller 2023) from counts. The paper's
 * test half of BoolQ has 1,002 yes items and 633 no items. The counts of right answers that give
 * its rounded percentages are found by search.
 */
class PaperMetricsTest {
  private static final int YES_ITEMS = 1002;
  private static final int NO_ITEMS = 633;

  /** Numbers of right answers to the yes items and to the no items. */
  private record Right(int yes, int no) {}

  /** Two percentages in hundredths of a percent. */
  private record Rounded(long accuracy, long balanced) {}

  /** The counts that give each pair of rounded percentages. */
  private static final Map<Rounded, List<Right>> COUNTS = new HashMap<>();

  @BeforeAll
  static void count_all() {
    for (int yes = 0; yes <= YES_ITEMS; yes++) {
      for (int no = 0; no <= NO_ITEMS; no++) {
        AnswerCounts counts = yesNoOnly(yes, no);
        Rounded rounded =
            new Rounded(
                Math.round(counts.accuracy() * 10_000),
                Math.round(counts.balancedAccuracy() * 10_000));
        COUNTS.computeIfAbsent(rounded, r -> new ArrayList<>()).add(new Right(yes, no));
      }
    }
  }

  private static List<Right> search(double accuracyPercent, double balancedPercent) {
    return COUNTS.getOrDefault(
        new Rounded(Math.round(accuracyPercent * 100), Math.round(balancedPercent * 100)),
        List.of());
  }

  private static AnswerCounts yesNoOnly(int yes, int no) {
    return AnswerSheets.counts(yes, YES_ITEMS - yes, 0, NO_ITEMS - no, no, 0);
  }

  @Test
  void the_best_lora_of_the_paper_answered_yes_1616_times_and_no_19_times() {
    assertThat(search(60.61, 49.57)).containsExactly(new Right(987, 4));

    AnswerCounts counts = yesNoOnly(987, 4);
    assertThat(counts.given(0)).isEqualTo(1616);
    assertThat(counts.given(1)).isEqualTo(19);
    Scores scores = Scores.of(AnswerSheets.of(counts));
    assertThat(100 * scores.accuracy()).isCloseTo(60.61, within(0.005));
    assertThat(100 * scores.balancedAccuracy()).isCloseTo(49.57, within(0.005));
    assertThat(Diagnosis.of(scores, false).kind())
        .as("4 of 19 no answers are right: the best row collapsed to yes")
        .isEqualTo(Diagnosis.Kind.COLLAPSED);
  }

  @ParameterizedTest(name = "{0}: {3} and {4} right")
  @CsvSource({
    "opt-125m,          0.06,  0.05,    1,   0",
    "all-yes-base,     61.28, 50.00, 1002,   0",
    "full-fine-tune,    0.00,  0.00,    0,   0",
    "lora_2_4_125m,    52.29, 42.69,  854,   1",
    "lora_4_8_125m,    56.33, 48.17,  845,  76",
    "lora_8_16_125m,   60.61, 49.57,  987,   4",
    "prompt_2_125m,     0.73,  0.60,   12,   0",
    "prompt_48_125m,   42.20, 38.68,  544, 146",
    "prompt_96_125m,   25.02, 22.07,  352,  57",
    "prompt_192_125m,  59.57, 49.16,  955,  19",
    "p-tune_48_64_125m, 0.12,  0.13,    1,   1",
    "p-tune_2_128_125m, 0.37,  0.30,    6,   0",
    "p-tune_10_128_125m,0.61,  0.56,    8,   2",
    "lora_4_8_350m,    29.66, 24.70,  468,  17",
    "lora_8_16_350m,   53.76, 45.17,  834,  45",
    "lora_16_32_350m,  44.95, 39.53,  637,  98",
  })
  void each_row_of_table_1_has_exactly_one_pair_of_counts(
      String row, double accuracyPercent, double balancedPercent, int yes, int no) {
    assertThat(search(accuracyPercent, balancedPercent))
        .as(row)
        .containsExactly(new Right(yes, no));
  }

  /** All counts with the rounded percentages of Figure 4 and the right answers of Table 1. */
  private static List<AnswerCounts> splits(Right right, int yesPercent, int noPercent, int other) {
    List<AnswerCounts> found = new ArrayList<>();
    for (int wrongYes = 0; wrongYes <= NO_ITEMS - right.no(); wrongYes++) {
      for (int wrongNo = 0; wrongNo <= YES_ITEMS - right.yes(); wrongNo++) {
        AnswerCounts counts =
            AnswerSheets.counts(
                right.yes(),
                wrongNo,
                YES_ITEMS - right.yes() - wrongNo,
                wrongYes,
                right.no(),
                NO_ITEMS - right.no() - wrongYes);
        if (Math.round(100 * counts.share(0)) == yesPercent
            && Math.round(100 * counts.share(1)) == noPercent
            && Math.round(100 * counts.otherShare()) == other) {
          found.add(counts);
        }
      }
    }
    return found;
  }

  @Test
  void figure_4_of_350m_agrees_with_table_1() {
    List<AnswerCounts> splits = splits(search(29.66, 24.70).get(0), 35, 17, 48);
    assertThat(splits).isNotEmpty();
    for (AnswerCounts counts : splits) {
      assertThat(100 * counts.accuracy()).isCloseTo(29.66, within(0.005));
      assertThat(100 * counts.balancedAccuracy()).isCloseTo(24.70, within(0.005));
      assertThat(counts.others()).as("### was answered 627 times").isBetween(777, 792);
    }
    assertThat(splits.stream().mapToInt(c -> c.given(1)).summaryStatistics())
        .as("17 of about 278 no answers are right, so 350m guesses no")
        .satisfies(n -> assertThat(n.getMin()).isEqualTo(270))
        .satisfies(n -> assertThat(n.getMax()).isEqualTo(286));
  }

  @Test
  void figure_4_of_125m_contradicts_table_1() {
    // By Table 1, lora_4_8_125m has 76 right no answers, so at least 4.65 % of its answers are no.
    // That does not round to the 4 % of Figure 4.
    Right right = search(56.33, 48.17).get(0);
    double leastNoShare = (double) right.no() / (YES_ITEMS + NO_ITEMS);
    assertThat(leastNoShare).isCloseTo(0.0465, within(0.0001));
    assertThat(Math.round(100 * leastNoShare)).isEqualTo(5);
    assertThat(splits(right, 93, 4, 3)).isEmpty();
  }
}
