package io.buckbench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison with accepted results, over simulated suites of twelve rows with fixed seeds. */
class GateStudyTest {
  private static final int SUITES = 800;
  private static final double SLACK = 3 * Math.sqrt(0.05 * 0.95 / SUITES);

  @ParameterizedTest(name = "{0} accepted, {1} fresh, correlation {2}")
  @CsvSource({"3, 3, 0", "8, 8, 0", "20, 5, 0", "8, 8, 0.95"})
  void without_a_change_false_alarms_stay_within_the_level_though_rows_collapse(
      int accepted, int fresh, double correlation) {
    for (List<GateRow> suite :
        List.of(
            GateTables.mixedSuite(correlation),
            GateTables.suiteOf(0.77, 0.3, 0.667, correlation))) {
      GateStudy.Rates rates = new GateStudy(suite, accepted, fresh, false).simulate(SUITES, 1);
      assertThat(rates.suspected()).isLessThan(GateStudy.LEVEL + SLACK);
      assertThat(rates.regressed()).as("confirmed").isLessThan(rates.suspected() / 2 + 0.002);
    }
  }

  @ParameterizedTest(name = "{0} accepted, {1} fresh")
  @CsvSource({"8, 8", "20, 5"})
  void a_drop_within_the_margin_is_no_alarm_in_most_suites(int accepted, int fresh) {
    List<GateRow> suite =
        GateTables.suiteOf(0.76, 0.7, 1, 0).stream().map(row -> row.dropping(1)).toList();
    GateStudy.Rates rates = new GateStudy(suite, accepted, fresh, true).simulate(SUITES, 2);
    assertThat(rates.suspected()).isLessThan(GateStudy.LEVEL + SLACK);
    assertThat(rates.regressed()).isLessThan(0.01);
  }

  @ParameterizedTest(name = "correlation {0}")
  @CsvSource({"0, 0.6", "0.95, 0.98"})
  void a_drop_of_five_points_is_found_and_confirmed_with_eight_seeds(
      double correlation, double power) {
    GateRow row = GateRow.unchanged(new Population("", 0.70, 0.02, 1), correlation);
    assertThat(changed(row.dropping(5), true).firstRegressed()).isGreaterThan(power);
  }

  @ParameterizedTest(name = "accepted commit trained again: {0}")
  @CsvSource({"true", "false"})
  void a_row_that_no_longer_learns_is_found_and_confirmed(boolean acceptedAgain) {
    GateRow row = GateRow.unchanged(new Population("", 0.77, 0.003, 1), 0);
    assertThat(changed(row.learning(0), acceptedAgain).firstRegressed()).isGreaterThan(0.99);
  }

  private static GateStudy.Rates changed(GateRow row, boolean acceptedAgain) {
    List<GateRow> rows = new ArrayList<>(GateTables.mixedSuite(row.correlation()));
    rows.set(0, row);
    return new GateStudy(rows, 8, 8, acceptedAgain).simulate(400, 3);
  }
}
