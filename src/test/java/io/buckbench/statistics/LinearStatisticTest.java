package io.buckbench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.statistics.Learning.Ending;
import io.buckbench.statistics.LinearStatistic.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinearStatisticTest {

  /** Seeds on 200 items that learned with about the given accuracy, or collapsed with 0.62. */
  private static Sample row(Regime regime, long seed, double... accuracies) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] hits = new double[accuracies.length][200];
    List<Ending> endings = new ArrayList<>();
    for (int s = 0; s < hits.length; s++) {
      boolean collapsed = accuracies[s] == 0.62;
      for (int i = 0; i < 200; i++) {
        double place = collapsed ? i / 200.0 : random.nextDouble();
        hits[s][i] = place < accuracies[s] ? 1 : 0;
      }
      endings.add(collapsed ? Ending.COLLAPSED : Ending.LEARNED);
    }
    return Sample.ofShare(hits, regime, new Learning(endings, 0.62, 0.62, 1));
  }

  @Property(tries = 60)
  void a_p_value_is_the_tail_of_the_interval_that_ends_at_the_tested_value(
      @ForAll @IntRange(min = 2, max = 6) int seeds,
      @ForAll @DoubleRange(min = 0.3, max = 0.9) double accuracy,
      @ForAll @DoubleRange(min = -0.15, max = 0.15) double away,
      @ForAll long seed) {
    double[] all = new double[seeds];
    Arrays.fill(all, accuracy);
    LinearStatistic mean = LinearStatistic.mean(row(Regime.STEADY, seed, all));
    double value = mean.estimate() + away;
    double p = away < 0 ? mean.pAbove(value) : mean.pBelow(value);
    assertThat(mean.pAbove(value) + mean.pBelow(value)).isCloseTo(1, within(1e-12));
    if (p > 1e-10 && p < 0.49) {
      Interval interval = mean.interval(p);
      assertThat(away < 0 ? interval.low() : interval.high()).isCloseTo(value, within(1e-6));
      assertThat(away < 0 ? mean.isAbove(value, 1.01 * p) : mean.isBelow(value, 1.01 * p)).isTrue();
      assertThat(away < 0 ? mean.isAbove(value, 0.99 * p) : mean.isBelow(value, 0.99 * p))
          .isFalse();
    }
  }

  @Property(tries = 60)
  void a_difference_mirrors_when_its_rows_are_swapped(
      @ForAll @IntRange(min = 1, max = 5) int first,
      @ForAll @IntRange(min = 1, max = 5) int second,
      @ForAll Regime regime,
      @ForAll long seed) {
    double[] a = new double[first];
    double[] b = new double[second];
    Arrays.fill(a, 0.8);
    Arrays.fill(b, 0.7);
    b[0] = 0.62;
    Sample one = row(regime, seed, a);
    Sample other = row(Regime.PRONE, seed + 1, b);
    Interval there = LinearStatistic.difference(one, other).interval();
    Interval back = LinearStatistic.difference(other, one).interval();
    assertThat(there.low()).isCloseTo(-back.high(), within(1e-12));
    assertThat(there.high()).isCloseTo(-back.low(), within(1e-12));
    assertThat(LinearStatistic.difference(one, other).pAbove(0.1))
        .isCloseTo(LinearStatistic.difference(other, one).pBelow(-0.1), within(1e-9));
  }

  @Test
  void more_seeds_and_a_smaller_spread_narrow_an_interval() {
    double three = width(row(Regime.STEADY, 1, 0.6, 0.7, 0.8));
    double nine = width(row(Regime.STEADY, 1, 0.6, 0.7, 0.8, 0.6, 0.7, 0.8, 0.6, 0.7, 0.8));
    double close = width(row(Regime.STEADY, 1, 0.69, 0.7, 0.71));
    assertThat(nine).isLessThan(three / 2);
    assertThat(close).isLessThan(three / 2);
  }

  private static double width(Sample row) {
    Interval interval = LinearStatistic.mean(row).interval();
    return interval.high() - interval.low();
  }

  @Test
  void one_seed_far_better_and_one_far_worse_are_no_agreement() {
    LinearStatistic difference =
        LinearStatistic.difference(
            row(Regime.STEADY, 3, 0.9, 0.5, 0.7), row(Regime.STEADY, 4, 0.7, 0.7, 0.7));
    assertThat(difference.estimate()).isCloseTo(0, within(0.06));
    assertThat(difference.interval().low()).isLessThan(-0.2);
    assertThat(difference.interval().high()).isGreaterThan(0.2);
  }

  @Test
  void seeds_that_all_collapsed_may_still_learn() {
    LinearStatistic none = LinearStatistic.mean(row(Regime.PRONE, 5, 0.62, 0.62, 0.62));
    // Up to 53.6 % of seeds may learn (Jeffreys), and be right on all items at most.
    assertThat(none.interval().high()).isBetween(0.62 + 0.5356 * 0.38, 0.85);
    assertThat(none.interval().low()).isBetween(0.54, 0.56);
    assertThat(none.pBelow(0.7)).isGreaterThan(0.05);
    assertThat(none.pBelow(0.97)).isLessThan(0.025);
  }

  @Test
  void what_the_seeds_say_about_other_seeds_is_in_words() {
    assertThat(row(Regime.FIXED, 1, 0.7).basis()).isEmpty();
    assertThat(row(Regime.STEADY, 1, 0.7).basis())
        .isEqualTo("one seed says nothing about other seeds");
    assertThat(row(Regime.STEADY, 1, 0.7, 0.8).basis())
        .isEqualTo("2 seeds, if every seed trains alike; two seeds are too few for a verdict");
    assertThat(row(Regime.STEADY, 1, 0.62, 0.62, 0.62).basis())
        .isEqualTo("all 3 seeds scored alike");
    assertThat(row(Regime.PRONE, 1, 0.62, 0.77, 0.77).basis())
        .isEqualTo("2 of 3 seeds learned, so 9 to 99 % of seeds do");
    assertThat(row(Regime.PRONE, 1, 0.77, 0.77, 0.77).basis())
        .isEqualTo("3 of 3 seeds learned, but up to 71 % of seeds may still collapse");
    assertThat(row(Regime.PRONE, 1, 0.62, 0.62, 0.62).basis())
        .isEqualTo("0 of 3 seeds learned, but up to 71 % of seeds may, to any score");
  }

  @Test
  void numbers_without_items_vary_over_seeds_only() {
    Sample losses = Sample.ofRuns(new double[] {0.5, 0.6, 0.7}, Regime.STEADY);
    Interval interval = LinearStatistic.mean(losses).interval();
    // 0.6 +- t(2) 0.1 / sqrt(3)
    assertThat(interval.low()).isCloseTo(0.6 - 4.302653 * 0.1 / Math.sqrt(3), within(1e-6));
    Sample alike = Sample.ofRuns(new double[] {0.5, 0.5, 0.5}, Regime.STEADY);
    LinearStatistic unknown = LinearStatistic.mean(alike);
    assertThat(unknown.interval().low()).as("no interval of width 0").isNaN();
    assertThat(unknown.pAbove(0)).isNaN();
  }

  @Test
  void the_power_agrees_with_the_t_distribution_and_with_simulation() {
    // Without items, the test of one row is Student's: scipy's nct gives 3.03975 (4 df, 5 %).
    double[] five = {1, 2, 3, 4, 5};
    Power power = LinearStatistic.mean(Sample.ofRuns(five, Regime.STEADY)).power();
    assertThat(power.detectable(0.05, true) / Math.sqrt(2.5 / 5)).isCloseTo(3.0398, within(3e-3));
    assertThat(power.seedsFor(power.detectable(0.05, true), 0.05, true)).hasValue(5);
    assertThat(power.seedsFor(power.detectable(0.05, true) / 2, 0.05, true).getAsInt())
        .isBetween(12, 18);
  }

  @Test
  void power_without_spread_cannot_be_estimated() {
    Sample alike = row(Regime.STEADY, 1, 0.62, 0.62, 0.62);
    assertThat(LinearStatistic.mean(alike).power().sentence("a difference"))
        .isEqualTo(
            "what 3 seeds and 200 test items would miss cannot be estimated: the seeds do not"
                + " differ");
    assertThat(LinearStatistic.mean(row(Regime.STEADY, 1, 0.7)).power().sentence("a difference"))
        .endsWith("cannot be estimated: one seed does not show how seeds differ");
    assertThat(
            LinearStatistic.mean(row(Regime.STEADY, 1, 0.7, 0.75, 0.8))
                .power()
                .sentence("a difference"))
        .startsWith("with 3 seeds and 200 test items a difference under ")
        .endsWith(" points would be missed (80 % power at 5 %, if other seeds differ as these do)");
  }

  @Test
  void rows_with_different_numbers_of_seeds_are_compared() {
    Sample eight = row(Regime.STEADY, 1, 0.8, 0.81, 0.79, 0.8, 0.82, 0.78, 0.8, 0.8);
    Sample one = row(Regime.FIXED, 2, 0.62);
    Sample three = row(Regime.PRONE, 3, 0.62, 0.77, 0.77);
    assertThat(LinearStatistic.difference(eight, one).seeds()).isEqualTo(8);
    assertThat(LinearStatistic.difference(eight, three).seeds()).isEqualTo(3);
    Term half = new Term(0.5, eight);
    LinearStatistic mixed =
        LinearStatistic.of(List.of(half, new Term(0.5, three), new Term(-1, one)));
    assertThat(mixed.interval().low()).isBetween(-0.1, mixed.estimate());
  }
}
