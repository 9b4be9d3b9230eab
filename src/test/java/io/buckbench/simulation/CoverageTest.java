package io.buckbench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Eight settings of the study that {@code simulate} runs in full. A limit is exceeded if it is by
 * three Monte Carlo errors. The seeds are fixed.
 */
class CoverageTest {
  private static final int REPLICATES = 500;
  private static final double COVERS = 0.92;
  private static final double REJECTS = 0.06;

  @ParameterizedTest(name = "sd {0} points, {1} seeds, {2} items, correlation {3}")
  @CsvSource({"0, 3, 600, 0.93", "2, 3, 600, 0.93", "5, 5, 600, 0.93", "2, 8, 1635, 0.30"})
  void intervals_and_tests_of_rows_that_always_learn_keep_what_they_state(
      double sd, int seeds, int items, String correlation) {
    check(Population.spread(sd), seeds, items, correlation);
  }

  @ParameterizedTest(name = "learns with {0}, {1} seeds, {2} items, correlation {3}")
  @CsvSource({
    "0.5, 3, 600, 0.93",
    "0.67, 5, 600, 0.93",
    "0.67, 8, 600, 0.30",
    "0.9, 20, 600, 0.93"
  })
  void intervals_and_tests_of_rows_that_may_collapse_keep_what_they_state(
      double learns, int seeds, int items, String correlation) {
    check(Population.learning(learns), seeds, items, correlation);
  }

  @Test
  void a_share_near_all_items_is_covered_too() {
    check(new Population("near all", 0.98, 0.005, 1), 3, 600, "0.93");
  }

  @ParameterizedTest(name = "area {0}, learns with {1}")
  @CsvSource({"false, 1", "true, 1", "false, 0.67", "true, 0.67"})
  void means_over_the_classes_are_covered_too(boolean area, double learns) {
    Population population = learns == 1 ? Population.spread(2) : Population.learning(learns);
    MetricCell.Rates rates =
        new MetricCell(area, population, ItemModel.ALIKE, 5).simulate(REPLICATES, 2);
    double slack = 3 * Math.sqrt(0.05 * 0.95 / REPLICATES);
    assertThat(rates.covered()).isGreaterThan(COVERS - slack);
    assertThat(rates.falselyDifferent()).isLessThan(REJECTS + slack);
  }

  @ParameterizedTest(name = "cell {0}")
  @ValueSource(ints = {1, 5, 6})
  void numbers_of_runs_are_covered_too(int cell) {
    RunMetricCell.Rates rates = RunMetricCell.cells().get(cell).simulate(2000, 3);
    double slack = 3 * Math.sqrt(0.05 * 0.95 / 2000);
    assertThat(rates.covered()).isGreaterThan(COVERS - slack);
    assertThat(rates.falselyDifferent()).isLessThan(REJECTS + slack);
  }

  @ParameterizedTest(name = "learns with {0} to {1}, {2} seeds")
  @CsvSource({"0.1, 0.98, 5", "0.2, 0.98, 3", "0.33, 0.77, 5"})
  void rows_of_which_no_seed_learned_are_covered_although_what_learning_gains_is_unknown(
      double learns, double score, int seeds) {
    Population population = new Population("", score, 0.005, learns);
    NoneLearnedCell.Rates rates = new NoneLearnedCell(population, seeds).simulate(REPLICATES, 4);
    double slack = 3 * Math.sqrt(0.05 * 0.95 / REPLICATES);
    assertThat(rates.coveredUsed()).isGreaterThan(COVERS - slack);
    assertThat(rates.falselyBelow()).isLessThan(REJECTS / 2 + slack);
    assertThat(rates.coveredAlike()).as("as if all trained alike").isLessThan(0.90);
  }

  private static void check(Population population, int seeds, int items, String correlation) {
    ItemModel model =
        correlation.equals(ItemModel.ALIKE.correlation()) ? ItemModel.ALIKE : ItemModel.UNLIKE;
    CoverageCell.Rates rates =
        new CoverageCell(population, model, seeds, items).simulate(REPLICATES, 1);
    assertThat(rates.covered()).as("mean").isGreaterThan(COVERS - rates.slack(COVERS));
    assertThat(rates.gainCovered()).as("gain").isGreaterThan(COVERS - rates.slack(COVERS));
    assertThat(rates.falselyAbove()).isLessThan(REJECTS / 2 + rates.slack(REJECTS / 2));
    assertThat(rates.falselyDifferent()).isLessThan(REJECTS + rates.slack(REJECTS));
  }
}
