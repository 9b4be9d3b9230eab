package io.buckbench.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignificanceTest {
  private static final TwoLevelBootstrap QUICK = new TwoLevelBootstrap(200, 7);

  private static TwoLevelBootstrap.Estimate difference(Sampled first, Sampled second) {
    return QUICK.of(List.of(first, second), means -> means[0] - means[1]);
  }

  @Property(tries = 50)
  void all_yes_has_a_balanced_accuracy_of_one_half(
      @ForAll @IntRange(min = 1, max = 500) int yes, @ForAll @IntRange(min = 1, max = 500) int no) {
    AnswerCounts allYes = new AnswerCounts(yes, 0, 0, no, 0, 0);
    assertThat(allYes.balancedAccuracy()).isEqualTo(0.5);
    assertThat(allYes.accuracy()).isEqualTo((double) yes / (yes + no));
  }

  @Property(tries = 50)
  void swapping_yes_and_no_keeps_both_accuracies(
      @ForAll @Size(6) List<@IntRange(min = 0, max = 300) Integer> n) {
    n.set(0, n.get(0) + 1);
    AnswerCounts counts =
        new AnswerCounts(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5));
    AnswerCounts swapped =
        new AnswerCounts(n.get(4), n.get(3), n.get(5), n.get(1), n.get(0), n.get(2));
    assertThat(swapped.accuracy()).isEqualTo(counts.accuracy());
    assertThat(swapped.balancedAccuracy()).isCloseTo(counts.balancedAccuracy(), within(1e-15));
    assertThat(counts.yesShare() + counts.noShare() + counts.otherShare())
        .isCloseTo(1, within(1e-12));
  }

  @Property(tries = 100)
  void the_p_value_of_mcnemar_is_symmetric_and_a_probability(
      @ForAll @IntRange(min = 0, max = 400) int first,
      @ForAll @IntRange(min = 0, max = 400) int second) {
    double p = McNemar.of(first, second).pValue();
    assertThat(p).isCloseTo(McNemar.of(second, first).pValue(), within(1e-12));
    assertThat(p).isBetween(0.0, 1.0);
    assertThat(McNemar.of(first + 400, second).pValue())
        .as("a larger difference has a smaller p value")
        .isLessThanOrEqualTo(McNemar.of(first + 400, second + 1).pValue() + 1e-12);
  }

  @Test
  void the_p_value_of_mcnemar_equals_the_binomial_computed_by_hand() {
    // 2 * (1 + 8) / 2^8 for 1 against 7.
    assertThat(McNemar.of(1, 7).pValue()).isCloseTo(18.0 / 256, within(1e-12));
    assertThat(McNemar.of(0, 0).pValue()).isEqualTo(1);
    assertThat(McNemar.of(new boolean[] {true, true, false}, new boolean[] {true, false, true}))
        .isEqualTo(new McNemar(1, 1, 1));
    assertThatThrownBy(() -> McNemar.of(new boolean[2], new boolean[3]))
        .hasMessageContaining("2 and 3 items");
  }

  @Property(tries = 100)
  void holm_is_monotone_and_between_no_correction_and_bonferroni(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1) Double> p) {
    double[] raw = p.stream().mapToDouble(Double::doubleValue).toArray();
    double[] adjusted = Holm.adjust(raw);
    for (int i = 0; i < raw.length; i++) {
      assertThat(adjusted[i]).isBetween(raw[i], Math.min(1, raw.length * raw[i]) + 1e-15);
      for (int j = 0; j < raw.length; j++) {
        if (raw[i] <= raw[j]) {
          assertThat(adjusted[i]).isLessThanOrEqualTo(adjusted[j]);
        }
      }
    }
  }

  @Test
  void holm_equals_the_textbook_example_and_ignores_nan() {
    double[] adjusted = Holm.adjust(new double[] {0.01, Double.NaN, 0.04, 0.03, 0.005});
    assertThat(adjusted[0]).isCloseTo(0.03, within(1e-12));
    assertThat(adjusted[1]).isNaN();
    assertThat(adjusted[2]).isCloseTo(0.06, within(1e-12));
    assertThat(adjusted[3]).isCloseTo(0.06, within(1e-12));
    assertThat(adjusted[4]).isCloseTo(0.02, within(1e-12));
  }

  @Property(tries = 40)
  void a_bootstrap_interval_contains_the_mean_and_is_repeatable(
      @ForAll @IntRange(min = 1, max = 4) int seeds,
      @ForAll @IntRange(min = 2, max = 60) int items,
      @ForAll @DoubleRange(min = 0, max = 1) double chanceRight,
      @ForAll long seed) {
    Trials trials = AnswerSheets.trials(seeds, items, chanceRight, seed);
    for (ItemMetric metric : ItemMetric.values()) {
      if (metric == ItemMetric.LIKELIHOOD_AREA && items <= 31) {
        continue; // all items are yes, but an area needs both classes
      }
      Sampled sampled = metric.on(trials);
      TwoLevelBootstrap.Estimate estimate = QUICK.mean(sampled);
      assertThat(sampled.mean())
          .as(metric.id())
          .isBetween(estimate.interval().low(), estimate.interval().high());
      assertThat(estimate.interval().low()).isGreaterThanOrEqualTo(0);
      assertThat(estimate.interval().high()).isLessThanOrEqualTo(1 + 1e-12);
      assertThat(QUICK.mean(metric.on(trials)).interval()).isEqualTo(estimate.interval());
      assertThat(difference(sampled, sampled).interval().estimate()).isZero();
    }
  }

  @Test
  void bootstrap_intervals_of_three_seeds_have_about_their_nominal_coverage() {
    // Items differ in difficulty and seeds in skill; the true value is the mean over both.
    SplittableRandom random = new SplittableRandom(42);
    int held = 0;
    int tests = 300;
    for (int t = 0; t < tests; t++) {
      double[] ease = random.doubles(300).map(u -> 1.6 * (u - 0.5)).toArray();
      List<List<Prediction>> sheets = new ArrayList<>();
      for (int s = 0; s < 3; s++) {
        double skill = 0.7 + 0.02 * (random.nextDouble() < 0.5 ? -1 : 1);
        List<Prediction> sheet = new ArrayList<>();
        for (int i = 0; i < ease.length; i++) {
          double chance = skill + 0.3 * ease[i];
          sheet.add(AnswerSheets.row(i, true, random.nextDouble() < chance ? "yes" : "no"));
        }
        sheets.add(sheet);
      }
      Sampled sampled = ItemMetric.ACCURACY.on(Trials.of(sheets));
      Interval interval = QUICK.mean(sampled).interval();
      held += interval.low() <= 0.7 && 0.7 <= interval.high() ? 1 : 0;
    }
    assertThat((double) held / tests).isBetween(0.91, 0.99);
  }

  @Test
  void variance_between_seeds_widens_the_interval() {
    SplittableRandom random = new SplittableRandom(1);
    List<Prediction> middling = AnswerSheets.random(600, 0.7, random);
    List<Prediction> good = AnswerSheets.random(600, 0.8, random);
    List<Prediction> poor = AnswerSheets.random(600, 0.6, random);
    double alike = width(List.of(middling, middling, middling));
    double apart = width(List.of(poor, middling, good));
    assertThat(apart).isGreaterThan(2 * alike);
  }

  private static double width(List<List<Prediction>> seeds) {
    Interval interval = QUICK.mean(ItemMetric.ACCURACY.on(Trials.of(seeds))).interval();
    return interval.high() - interval.low();
  }

  @Test
  void pairing_on_items_narrows_the_interval_of_a_difference() {
    SplittableRandom random = new SplittableRandom(5);
    List<Prediction> first = AnswerSheets.random(600, 0.7, random);
    List<Prediction> second = new ArrayList<>(first);
    for (int i = 0; i < 30; i++) {
      second.set(i, AnswerSheets.row(i, first.get(i).wanted(), "###"));
    }
    TwoLevelBootstrap.Estimate difference =
        difference(
            ItemMetric.ACCURACY.on(Trials.of(List.of(first))),
            ItemMetric.ACCURACY.on(Trials.of(List.of(second))));
    assertThat(difference.interval().low()).isPositive();
    assertThat(difference.pValue(0)).isLessThan(0.02);
    assertThat(difference.pValue(difference.interval().estimate())).isGreaterThan(0.5);
  }

  @Test
  void failed_and_collapsed_trials_are_counted_and_not_dropped() {
    List<Prediction> good = AnswerSheets.of(new AnswerCounts(300, 72, 0, 60, 168, 0));
    List<Prediction> yes = AnswerSheets.of(new AnswerCounts(372, 0, 0, 228, 0, 0));
    SeedSummary summary = SeedSummary.of(Trials.of(List.of(good, List.of(), yes)), QUICK);
    assertThat(summary.seeds()).isEqualTo(3);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.collapsed()).isEqualTo(1);
    assertThat(summary.accuracy().estimate()).isCloseTo((0.78 + 0 + 0.62) / 3, within(1e-12));
    assertThat(summary.accuracySeedSd())
        .isCloseTo(Math.sqrt(Moments.variance(new double[] {0.78, 0, 0.62})), within(1e-12));
    assertThat(summary.againstAllYes().pValue()).as("the collapsed seed").isEqualTo(1);
    assertThat(summary.power().sentence("a drop"))
        .startsWith("with 3 seeds and 600 test items a drop");
  }

  @Test
  void trials_on_different_items_are_refused() {
    List<Prediction> here = AnswerSheets.of(new AnswerCounts(3, 0, 0, 2, 0, 0));
    List<Prediction> there = AnswerSheets.of(new AnswerCounts(2, 0, 0, 3, 0, 0));
    assertThatThrownBy(() -> Trials.of(List.of(here, there)))
        .hasMessageContaining("different test items");
    assertThatThrownBy(() -> Trials.of(List.of(List.of()))).hasMessageContaining("no trial");
    assertThatThrownBy(
            () ->
                difference(
                    ItemMetric.ACCURACY.on(Trials.of(List.of(here))),
                    ItemMetric.ACCURACY.on(Trials.of(List.of(there)))))
        .hasMessageContaining("cannot be resampled together");
    assertThatThrownBy(() -> new TwoLevelBootstrap(39, 1)).hasMessageContaining("at least 40");
  }

  @Test
  void metrics_without_items_are_resampled_over_seeds_only() {
    Sampled losses = Sampled.ofRuns(new double[] {0.5, 0.6, 0.7});
    Interval interval = TwoLevelBootstrap.DEFAULT.mean(losses).interval();
    assertThat(interval.estimate()).isCloseTo(0.6, within(1e-12));
    assertThat(interval.low()).isCloseTo(0.5, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.7, within(1e-12));
    assertThat(Arrays.stream(losses.perSeed()).sum()).isCloseTo(1.8, within(1e-12));
  }
}
