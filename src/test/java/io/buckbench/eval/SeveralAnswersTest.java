package io.buckbench.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.data.Answers;
import io.buckbench.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveralAnswersTest {
  private static final Answers MOODS = new Answers(List.of("gut", "sehr schlecht", "\u00c9gal"), 2);

  private static AnswerCounts counts(List<List<Integer>> table) {
    return new AnswerCounts(MOODS, table);
  }

  @ParameterizedTest
  @CsvSource({"' GUT\n',0", "sehr  schlecht,-1", "Sehr Schlecht,1", "e\u0301gal,2", "gut.,-1"})
  void the_strict_rule_compares_phrases_without_case_white_space_and_ways_to_compose(
      String text, int answer) {
    assertThat(MOODS.of(text)).isEqualTo(answer);
  }

  /** Expected: scikit-learn's definitions, by hand. */
  @Test
  void the_confusion_table_gives_accuracy_balanced_accuracy_and_macro_f1() {
    AnswerCounts counts =
        counts(List.of(List.of(3, 1, 0, 1), List.of(1, 2, 1, 0), List.of(0, 0, 1, 0)));
    assertThat(counts.items()).isEqualTo(10);
    assertThat(counts.accuracy()).isEqualTo(0.6);
    assertThat(counts.balancedAccuracy()).isCloseTo((3 / 5.0 + 2 / 4.0 + 1) / 3, within(1e-12));
    assertThat(counts.macroF1()).isCloseTo((6 / 9.0 + 4 / 7.0 + 2 / 3.0) / 3, within(1e-12));
    assertThat(counts.parseRate()).isEqualTo(0.9);
  }

  @Test
  void always_the_commonest_answer_has_a_balanced_accuracy_of_one_over_the_answers() {
    List<Prediction> sheet =
        AnswerSheets.of(
            counts(List.of(List.of(4, 0, 0, 0), List.of(0, 3, 0, 0), List.of(0, 0, 9, 0))));
    Trials baseline = Trials.of(List.of(sheet)).commonest();
    assertThat(ItemMetric.ACCURACY.on(baseline).mean()).isEqualTo(9 / 16.0);
    assertThat(ItemMetric.BALANCED_ACCURACY.on(baseline).mean()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(ItemMetric.MACRO_F1.on(baseline).mean())
        .isCloseTo(2 * 9 / (9.0 + 16) / 3, within(1e-12));
  }

  @Test
  void a_diagnosis_names_the_answers_of_the_data_set() {
    assertThat(sentence(List.of(List.of(0, 0, 0, 9), List.of(0, 0, 0, 9), List.of(0, 1, 0, 0))))
        .startsWith(
            "wrong format: 94.74 % of the answers are none of gut, sehr schlecht and \u00c9gal");
    assertThat(sentence(List.of(List.of(0, 60, 0, 0), List.of(0, 30, 0, 0), List.of(1, 9, 0, 0))))
        .startsWith(
            "collapsed: 99.00 % of the gut, sehr schlecht or \u00c9gal answers are sehr schlecht");
    assertThat(
            sentence(List.of(List.of(20, 10, 10, 0), List.of(10, 15, 5, 0), List.of(3, 3, 14, 0))))
        .startsWith("learned: balanced accuracy 56.67 %");
  }

  private static String sentence(List<List<Integer>> table) {
    return Diagnosis.of(Scores.of(AnswerSheets.of(counts(table))), false).sentence();
  }

  @Test
  void likelihoods_are_compared_among_all_answers_plainly_by_length_and_without_the_prior() {
    // A character: -1 for gut (3), -0.2 for sehr schlecht (13), -0.5 for Egal (4).
    Prediction p = Prediction.of("i", "", MOODS, 1, "x", List.of(-3.0, -2.6, -2.0));
    assertThat(p.likeliest(LikelihoodPrior.NONE)).isEqualTo(2);
    assertThat(p.likeliestByLength()).isEqualTo(1);
    Prediction untouched = Prediction.of("i", "", MOODS, 1, "x", List.of(-5.0, -4.0, -2.0));
    LikelihoodPrior prior = LikelihoodPrior.of(List.of(untouched));
    assertThat(prior.logOdds()).containsExactly(-3.0, -2.0, 0.0);
    assertThat(p.likeliest(prior)).isZero();
    LikelihoodPrior alone = LikelihoodPrior.alone(List.of(-3.5, -4.0, -2.5));
    LikelihoodScores scores = Scores.of(List.of(p), prior, alone).likelihood();
    assertThat(scores.accuracy()).isZero();
    assertThat(scores.byLengthAccuracy()).isEqualTo(1);
    assertThat(scores.informationAccuracy()).as("gains 0.5, 1.4 and 0.5").isEqualTo(1);
    assertThat(Scores.of(List.of(p)).likelihood().informationAccuracy()).isNaN();
    assertThat(scores.areaUnderCurve()).isNaN();
  }

  /** The macro F1 of a sheet in which item i counts 1 + weight times. */
  private static double weighted(List<Prediction> sheet, int item, double weight) {
    double[] right = new double[3];
    double[] wanted = new double[3];
    double[] given = new double[3];
    for (int i = 0; i < sheet.size(); i++) {
      Prediction p = sheet.get(i);
      double w = i == item ? 1 + weight : 1;
      right[p.wanted()] += p.correct() ? w : 0;
      // The number of items of a class is fixed, so only the given answer has a weight.
      wanted[p.wanted()] += 1;
      if (p.answer() >= 0) {
        given[p.answer()] += w;
      }
    }
    return IntStream.range(0, 3).mapToDouble(c -> 2 * right[c] / (wanted[c] + given[c])).sum() / 3;
  }

  @Property(tries = 20)
  void the_influence_of_an_item_is_the_derivative_of_macro_f1(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Prediction> sheet = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int given = random.nextInt(4);
      String text = given == 3 ? "?" : MOODS.word(given);
      sheet.add(Prediction.withoutModel("i" + i, "", MOODS, i % 3, text));
    }
    double[] influence = ItemMetric.f1Influence(sheet, AnswerCounts.of(sheet));
    double step = 1e-6;
    for (int i = 0; i < sheet.size(); i++) {
      double derivative = (weighted(sheet, i, step) - weighted(sheet, i, -step)) / (2 * step);
      assertThat(influence[i] / sheet.size()).isCloseTo(derivative, within(1e-7));
    }
  }

  /** The interval's variance over items against that of resampled items, stratified by class. */
  @Test
  void the_variance_of_macro_f1_is_that_of_other_items() {
    SplittableRandom random = new SplittableRandom(5);
    int repeats = 1500;
    double[] f1 = new double[repeats];
    double estimated = 0;
    for (int r = 0; r < repeats; r++) {
      List<Prediction> sheet = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        int wanted = i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2;
        int given = random.nextDouble() < 0.6 ? wanted : random.nextInt(3);
        sheet.add(Prediction.withoutModel("i" + i, "", MOODS, wanted, MOODS.word(given)));
      }
      Sample sample = ItemMetric.MACRO_F1.on(Trials.of(List.of(sheet)));
      f1[r] = sample.mean();
      estimated += variance(sample) / repeats;
    }
    double mean = IntStream.range(0, repeats).mapToDouble(r -> f1[r]).average().orElseThrow();
    double truth =
        IntStream.range(0, repeats).mapToDouble(r -> (f1[r] - mean) * (f1[r] - mean)).sum()
            / (repeats - 1);
    // The standard error of a variance from 1,500 values is 3.7 % of it.
    assertThat(estimated / truth).isBetween(0.87, 1.15);
  }

  private static double variance(Sample sample) {
    double sum = 0;
    for (int c = 0; c < sample.classWeights().length; c++) {
      int n = 0;
      double mean = 0;
      double squares = 0;
      for (int i = 0; i < sample.items(); i++) {
        if (sample.classOf()[i] == c) {
          n++;
          mean += sample.values()[0][i];
          squares += sample.values()[0][i] * sample.values()[0][i];
        }
      }
      mean /= n;
      double weight = sample.classWeights()[c];
      sum += weight * weight * (squares / n - mean * mean) / (n - 1);
    }
    return sum;
  }
}
