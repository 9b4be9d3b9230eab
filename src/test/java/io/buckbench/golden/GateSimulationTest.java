package io.buckbench.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.data.Answers;
import io.buckbench.record.RunStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Simulates reruns with a known change of accuracy, to measure the error rates of the comparison
 * with golden results. The suite has two configurations, three seeds and 400 test items. Each item
 * has its own difficulty, and each trial its own skill, which all its answers share. A rerun draws
 * new trials, as another machine does. The usual alternative is measured too: a fixed tolerance
 * band around the accuracy of one seed.
 */
class GateSimulationTest {
  private static final int RERUNS = 1000;
  private static final int SEEDS = 3;
  private static final int ITEMS = 400;
  private static final List<String> ROWS = List.of("lora_8", "ia3");
  private static final String CHANGED = "lora_8";
  private static final double BAND_POINTS = 5;

  private static final boolean[] NONE = new boolean[ITEMS];
  private static final double[] EASE = new double[ITEMS];
  private static TestSet testSet;

  @BeforeAll
  static void difficulties() {
    SplittableRandom random = new SplittableRandom(1);
    String[] ids = new String[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      // Nearly all trials answer most items alike; the answers to the other items vary.
      double u = random.nextDouble();
      EASE[i] = u < 0.6 ? 0.98 : u < 0.75 ? 0.05 : random.nextDouble();
      ids[i] = "row-" + i;
    }
    testSet = new TestSet(Arrays.asList(ids), Answers.YES_NO, "y".repeat(ITEMS));
  }

  /** Draws results of the suite; for the changed configuration, lost items become hard. */
  private static SuiteResults draw(
      SplittableRandom random, double skillSd, boolean[] lost, String deviceClass) {
    Map<String, RowResults> rows = new LinkedHashMap<>();
    for (String id : ROWS) {
      TrialResults[] trials = new TrialResults[SEEDS];
      double accuracy = 0;
      for (int s = 0; s < SEEDS; s++) {
        double skill = skillSd * normal(random);
        StringBuilder answers = new StringBuilder(ITEMS);
        for (int i = 0; i < ITEMS; i++) {
          double ease = id.equals(CHANGED) && lost[i] ? 1 - EASE[i] : EASE[i];
          boolean right = random.nextDouble() < ease + skill;
          answers.append(right ? 'y' : 'n');
          accuracy += right ? 100.0 / ITEMS / SEEDS : 0;
        }
        String digest = Long.toHexString(random.nextLong());
        trials[s] =
            new TrialResults(
                s,
                RunStatus.COMPLETED,
                100,
                1,
                Map.of(),
                digest,
                digest,
                digest,
                List.of(answers.toString()),
                Map.of());
      }
      rows.put(id, new RowResults(id, accuracy, "test", Map.of(), Map.of(), Arrays.asList(trials)));
    }
    return new SuiteResults(
        SuiteResults.FORMAT,
        "smoke",
        deviceClass,
        "simulated",
        2,
        "",
        Map.of(),
        Map.of(),
        Map.of("test", testSet),
        rows,
        Map.of());
  }

  private static double normal(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** Chooses easy items to lose until the expected accuracy has dropped by the given points. */
  private static boolean[] drop(double points) {
    boolean[] lost = new boolean[ITEMS];
    double fallen = 0;
    for (int i = 0; i < ITEMS && fallen < points; i++) {
      lost[i] = EASE[i] > 0.9;
      fallen += lost[i] ? 100 * (2 * EASE[i] - 1) / ITEMS : 0;
    }
    return lost;
  }

  /** The shares of reruns that the gate suspects and the fixed band calls regressed. */
  private record Called(double gate, double band) {}

  private static Called rerun(
      long seed, double skillSd, boolean[] lost, Predicate<RowDiff> concerns) {
    SplittableRandom random = new SplittableRandom(seed);
    int gate = 0;
    int band = 0;
    for (int rerun = 0; rerun < RERUNS; rerun++) {
      SuiteResults golden = draw(random, skillSd, NONE, "cpu-a-t2");
      SuiteResults fresh = draw(random, skillSd, lost, "cpu-a-t1");
      List<RowDiff> rows =
          GoldenDiff.compare(golden, fresh).rows().stream().filter(concerns).toList();
      gate += rows.stream().anyMatch(r -> r.outcome() == RowOutcome.SUSPECTED) ? 1 : 0;
      band += rows.stream().anyMatch(GateSimulationTest::belowBand) ? 1 : 0;
    }
    return new Called((double) gate / RERUNS, (double) band / RERUNS);
  }

  /** Whether the accuracy of the first seed fell out of the band. */
  private static boolean belowBand(RowDiff row) {
    int balance = 0;
    for (Flip flip : row.flips()) {
      balance += right(flip.fresh(), flip.wanted()) - right(flip.golden(), flip.wanted());
    }
    return 100.0 * balance / ITEMS < -BAND_POINTS;
  }

  private static int right(String answers, String wanted) {
    return answers.charAt(0) == wanted.charAt(0) ? 1 : 0;
  }

  /** Three standard errors of a share that is estimated from all reruns. */
  private static double slack(double share) {
    return 3 * Math.sqrt(share * (1 - share) / RERUNS);
  }

  /** The detectable drop that the comparison reports, over some reruns. */
  private static double statedDetectablePoints(double skillSd) {
    SplittableRandom random = new SplittableRandom(2);
    double squares = 0;
    int draws = 200;
    for (int i = 0; i < draws; i++) {
      SuiteResults golden = draw(random, skillSd, NONE, "cpu-a-t2");
      SuiteResults fresh = draw(random, skillSd, NONE, "cpu-a-t1");
      double points = GoldenDiff.compare(golden, fresh).row(CHANGED).detectablePoints();
      double error = points - RowChange.MARGIN_POINTS;
      squares += error * error / draws;
    }
    // Beyond the margin the drop is proportional to a standard error whose square is unbiased.
    return RowChange.MARGIN_POINTS + Math.sqrt(squares);
  }

  @Test
  void without_a_change_false_alarms_stay_within_the_level_unlike_those_of_a_band() {
    // Trials of one row differ by 2.5 points, the worst case for a test over items only.
    Called called = rerun(3, 0.025, NONE, row -> true);
    assertThat(called.gate()).isLessThan(RowComparison.LEVEL + slack(RowComparison.LEVEL));
    assertThat(called.band())
        .as("suites without a change that a band calls regressed")
        .isGreaterThan(2 * RowComparison.LEVEL);
  }

  @Test
  void false_alarms_on_a_single_seed_stay_within_the_level_too() {
    SplittableRandom random = new SplittableRandom(7);
    int called = 0;
    for (int rerun = 0; rerun < RERUNS; rerun++) {
      SuiteResults golden = draw(random, 0.025, NONE, "cpu-a-t2");
      SuiteResults fresh = draw(random, 0.025, NONE, "cpu-a-t1");
      SuiteResults first = only(fresh, 0);
      called +=
          GoldenDiff.compareSelected(golden, first, (row, seed) -> seed == 0).rows().stream()
                  .anyMatch(r -> r.outcome() == RowOutcome.SUSPECTED)
              ? 1
              : 0;
    }
    assertThat((double) called / RERUNS)
        .isLessThan(RowComparison.LEVEL + slack(RowComparison.LEVEL));
  }

  private static SuiteResults only(SuiteResults all, long seed) {
    Map<String, RowResults> rows = new LinkedHashMap<>();
    all.rows().forEach((id, row) -> rows.put(id, row.only(s -> s == seed, testSet)));
    return new SuiteResults(
        all.format(),
        all.suite(),
        all.deviceClass(),
        all.device(),
        all.threads(),
        all.commit(),
        all.versions(),
        all.sha256(),
        all.testSets(),
        rows,
        all.verdicts());
  }

  @Test
  void a_drop_of_the_reported_size_is_detected_with_80_percent_power() {
    double skillSd = 0.005;
    double dropPoints = statedDetectablePoints(skillSd);
    Called called = rerun(5, skillSd, drop(dropPoints), row -> row.configuration().equals(CHANGED));
    assertThat(dropPoints).isBetween(3.0, 8.0);
    assertThat(called.gate())
        .as("a drop of %.2f points", dropPoints)
        .isGreaterThan(0.8 - slack(0.8));
  }
}
