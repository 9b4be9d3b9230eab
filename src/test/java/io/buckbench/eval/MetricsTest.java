package io.buckbench.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.statistics.Interval;
import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.Moments;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.RocArea;
import io.buckbench.statistics.Sample;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Property(tries = 50)
  void all_yes_has_a_balanced_accuracy_of_one_half(
      @ForAll @IntRange(min = 1, max = 500) int yes, @ForAll @IntRange(min = 1, max = 500) int no) {
    AnswerCounts allYes = AnswerSheets.counts(yes, 0, 0, no, 0, 0);
    assertThat(allYes.balancedAccuracy()).isEqualTo(0.5);
    assertThat(allYes.accuracy()).isEqualTo((double) yes / (yes + no));
  }

  @Property(tries = 50)
  void swapping_yes_and_no_keeps_both_accuracies(
      @ForAll @Size(6) List<@IntRange(min = 0, max = 300) Integer> n) {
    n.set(0, n.get(0) + 1);
    AnswerCounts counts =
        AnswerSheets.counts(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5));
    AnswerCounts swapped =
        AnswerSheets.counts(n.get(4), n.get(3), n.get(5), n.get(1), n.get(0), n.get(2));
    assertThat(swapped.accuracy()).isEqualTo(counts.accuracy());
    assertThat(swapped.balancedAccuracy()).isCloseTo(counts.balancedAccuracy(), within(1e-15));
    assertThat(counts.share(0) + counts.share(1) + counts.otherShare()).isCloseTo(1, within(1e-12));
  }

  @Property(tries = 40)
  void an_interval_contains_its_mean_has_a_width_and_stays_within_0_and_1(
      @ForAll @IntRange(min = 1, max = 4) int seeds,
      @ForAll @IntRange(min = 32, max = 90) int items,
      @ForAll @DoubleRange(min = 0, max = 1) double chanceRight,
      @ForAll Regime regime,
      @ForAll long seed) {
    Trials trials = AnswerSheets.trials(seeds, items, chanceRight, seed).in(regime);
    for (ItemMetric metric : ItemMetric.values()) {
      Sample row = metric.on(trials);
      LinearStatistic mean = LinearStatistic.mean(row);
      Interval interval = mean.interval();
      assertThat(row.mean()).as(metric.id()).isBetween(interval.low(), interval.high());
      assertThat(interval.low()).as(metric.id()).isGreaterThanOrEqualTo(0);
      assertThat(interval.high()).as(metric.id()).isLessThanOrEqualTo(1);
      assertThat(interval.high() - interval.low()).as(metric.id()).isGreaterThan(0.001);
      assertThat(LinearStatistic.difference(row, row).estimate()).isZero();
    }
  }

  @Test
  void the_area_is_a_mean_of_placements_in_both_classes() {
    boolean[] wanted = {true, true, false, false, true};
    RocArea area = RocArea.of(new double[] {2, 1, 1, 0, 0}, wanted);
    // Of the six pairs (yes, no) three are right, two tie and one is wrong.
    assertThat(area.area()).isCloseTo(4 / 6.0, within(1e-12));
    assertThat(area.placements()).containsExactly(1, 0.75, 1.5 / 3, 2.5 / 3, 0.25);
  }

  @Test
  void failed_and_collapsed_trials_are_counted_and_not_dropped() {
    List<Prediction> good = AnswerSheets.of(AnswerSheets.counts(300, 72, 0, 60, 168, 0));
    List<Prediction> yes = AnswerSheets.of(AnswerSheets.counts(372, 0, 0, 228, 0, 0));
    SeedSummary summary = SeedSummary.of(Trials.of(List.of(good, List.of(), yes)));
    assertThat(summary.seeds()).isEqualTo(3);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.collapsed()).isEqualTo(1);
    assertThat(summary.accuracy().estimate()).isCloseTo((0.78 + 0 + 0.62) / 3, within(1e-12));
    assertThat(summary.accuracySeedSd())
        .isCloseTo(Math.sqrt(Moments.variance(new double[] {0.78, 0, 0.62})), within(1e-12));
    assertThat(summary.againstCommonest()).isBetween(0.3, 1.0);
    assertThat(summary.basis()).isEqualTo("3 seeds, if every seed trains alike");
    assertThat(SeedSummary.of(Trials.of(List.of(good))).againstCommonest()).isNaN();
    assertThat(summary.power().sentence("a drop"))
        .startsWith("with 3 seeds and 600 test items a drop");
  }

  @Test
  void trials_on_different_items_are_refused() {
    List<Prediction> here = AnswerSheets.of(AnswerSheets.counts(3, 0, 0, 2, 0, 0));
    List<Prediction> there = AnswerSheets.of(AnswerSheets.counts(2, 0, 0, 3, 0, 0));
    assertThatThrownBy(() -> Trials.of(List.of(here, there)))
        .hasMessageContaining("different test items");
    assertThatThrownBy(() -> Trials.of(List.of(List.of()))).hasMessageContaining("no trial");
    Sample first = ItemMetric.BALANCED_ACCURACY.on(Trials.of(List.of(here)));
    Sample second = ItemMetric.BALANCED_ACCURACY.on(Trials.of(List.of(there)));
    assertThatThrownBy(() -> LinearStatistic.difference(first, second))
        .hasMessageContaining("cannot be compared");
  }
}
