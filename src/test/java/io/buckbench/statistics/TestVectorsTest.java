package io.buckbench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.statistics.BinomialShare.Bound;
import io.buckbench.statistics.LinearStatistic.Term;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Numbers of a scalar program in Python (numpy 2.4.6, scipy 1.17.1), which was written apart from
 * this one. Those of smoke rows are of the answers in {@code smoke-answers.txt}.
 */
class TestVectorsTest {
  private static final double TOLERANCE = 1e-6;

  private static final Sample X = share(Regime.STEADY, "1110101101", "1100101111", "1010111100");
  private static final Sample Y = share(Regime.STEADY, "1000101001", "1100001001", "1001101000");
  private static final Sample W = share(Regime.FIXED, "1100101001");

  private static Sample share(Regime regime, String... seeds) {
    double[][] hits =
        Arrays.stream(seeds)
            .map(seed -> seed.chars().mapToDouble(c -> c - '0').toArray())
            .toArray(double[][]::new);
    return Sample.ofShare(hits, regime, Learning.UNKNOWN);
  }

  private static void ends(Interval interval, double low, double high) {
    assertThat(interval.low()).isCloseTo(low, within(TOLERANCE));
    assertThat(interval.high()).isCloseTo(high, within(TOLERANCE));
  }

  private static void variation(
      LinearStatistic statistic, double seeds, double items, double countedTwice, double df) {
    Variation v = statistic.variation();
    assertThat(v.seeds()).isCloseTo(seeds, within(1e-8));
    assertThat(v.items()).isCloseTo(items, within(1e-8));
    assertThat(v.items() - v.itemsOnly()).isCloseTo(countedTwice, within(1e-8));
    assertThat(v.degreesOfFreedom()).isCloseTo(df, within(TOLERANCE));
  }

  @Test
  void mean_of_three_seeds() {
    LinearStatistic mean = LinearStatistic.mean(X);
    assertThat(mean.estimate()).isCloseTo(0.666667, within(TOLERANCE));
    variation(mean, 0.00111111, 0.01234568, 0.00604938, 2);
    double half = mean.variation().reach(true, 0.025, Bound.JEFFREYS).distance();
    assertThat(half).isCloseTo(0.217774, within(TOLERANCE));
    assertThat(mean.variation().reach(true, 0.05, Bound.JEFFREYS).distance())
        .isCloseTo(0.182762, within(TOLERANCE));
    ends(mean.interval(), 0.318009, 0.916295);
  }

  @Test
  void difference_of_two_rows() {
    LinearStatistic d = LinearStatistic.difference(X, Y);
    assertThat(d.estimate()).isCloseTo(0.266667, within(TOLERANCE));
    variation(d, 0.00111111, 0.01432099, 0.01098765, 2);
    ends(d.interval(), 0.032117, 0.501216);
    assertThat(d.pAbove(0)).isCloseTo(0.012929, within(TOLERANCE));
    assertThat(d.pBelow(0)).isCloseTo(1 - 0.012929, within(TOLERANCE));
  }

  @Test
  void difference_to_a_row_that_is_not_trained() {
    LinearStatistic d = LinearStatistic.difference(X, W);
    assertThat(d.estimate()).isCloseTo(0.166667, within(TOLERANCE));
    variation(d, 0.00111111, 0.01790123, 0.00604938, 2);
    ends(d.interval(), -0.095568, 0.428901);
    assertThat(d.pAbove(0)).isCloseTo(0.106441, within(TOLERANCE));
  }

  @Test
  void mean_squares_of_a_published_size() {
    // R 5, n 600, L 0.72, mean squares 0.24 (seeds), 0.55 (items), 0.02 (residual).
    Component row = new Component(1, Regime.STEADY, 5, 0.24 / 600, 0.02 / 600, mixture());
    Variation v = new Variation(List.of(row), 0.55 / 5 / 600, new int[] {600}, new double[] {1});
    assertThat(v.seeds()).isCloseTo(8e-5, within(1e-12));
    assertThat(v.items()).isCloseTo(1.833333e-4, within(1e-9));
    assertThat(v.items() - v.itemsOnly()).isCloseTo(6.666667e-6, within(1e-11));
    assertThat(v.degreesOfFreedom()).isCloseTo(4, within(TOLERANCE));
    double half = v.reach(true, 0.025, Bound.JEFFREYS).distance();
    assertThat(0.72 - half).isCloseTo(0.684009, within(TOLERANCE));
    assertThat(v.reach(true, 0.016913, Bound.EXACT).distance()).isCloseTo(0.04, within(1e-6));
    assertThat(BinomialShare.end(true, 0.72, 600, half, 0.025))
        .as("the share's own interval")
        .isCloseTo(0.682145, within(TOLERANCE));
    assertThat(BinomialShare.end(false, 0.72, 600, half, 0.025))
        .isCloseTo(0.755665, within(TOLERANCE));
  }

  private static Optional<Mixture> mixture() {
    return Optional.empty();
  }

  private static List<String> answers(String row) throws IOException {
    try (var in = TestVectorsTest.class.getResourceAsStream("/statistics/smoke-answers.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(row + " "))
          .map(line -> line.substring(row.length() + 1))
          .toList();
    }
  }

  private static Sample smoke(String row, Regime regime) throws IOException {
    String wanted = answers("wanted").get(0);
    List<String> seeds = answers(row);
    double[][] hits = seeds.stream().map(seed -> hits(seed, wanted)).toArray(double[][]::new);
    List<Learning.Ending> endings =
        seeds.stream()
            .map(seed -> seed.contains("n") ? Learning.Ending.LEARNED : Learning.Ending.COLLAPSED)
            .toList();
    double allYes = allYes().mean();
    return Sample.ofShare(hits, regime, new Learning(endings, allYes, allYes, 1));
  }

  private static double[] hits(String answers, String wanted) {
    return IntStream.range(0, wanted.length())
        .mapToDouble(i -> answers.charAt(i) == wanted.charAt(i) ? 1 : 0)
        .toArray();
  }

  private static Sample allYes() throws IOException {
    String wanted = answers("wanted").get(0);
    double[][] hits = {hits("y".repeat(wanted.length()), wanted)};
    return Sample.ofShare(hits, Regime.FIXED, Learning.UNKNOWN);
  }

  @Test
  void ia3_against_always_yes_and_full_fine_tuning() throws IOException {
    Sample ia3 = smoke("ia3", Regime.STEADY);
    LinearStatistic gain = LinearStatistic.difference(ia3, allYes());
    assertThat(gain.estimate()).isCloseTo(0.138889, within(TOLERANCE));
    variation(gain, 1.512346e-5, 2.0151899e-4, 6.467054e-6, 2);
    ends(gain.interval(), 0.106807, 0.170971);
    assertThat(gain.pAbove(0)).isCloseTo(0.000440781, within(1e-8));
    assertThat(gain.pAbove(0.10)).isCloseTo(0.0131922, within(TOLERANCE));

    LinearStatistic loss = LinearStatistic.difference(ia3, smoke("full", Regime.STEADY));
    variation(loss, 1.543210e-5, 1.248944e-5, 9.867268e-6, 2.081599);
    ends(loss.interval(), -0.027145, 0.006034);
    ends(loss.interval(0.05), -0.022039, 0.000928);
    assertThat(2 * loss.pBelow(0)).isCloseTo(0.116143, within(TOLERANCE));
  }

  @Test
  void three_seeds_that_scored_alike() throws IOException {
    LinearStatistic steady =
        LinearStatistic.difference(smoke("lora_r16_all", Regime.STEADY), allYes());
    assertThat(steady.variation().seeds()).isZero();
    assertThat(steady.variation().items()).isCloseTo(2.1285476e-4, within(1e-9));
    ends(steady.interval(), 0.121405, 0.178595);
    ends(LinearStatistic.mean(smoke("lora_r16_all", Regime.STEADY)).interval(), 0.734178, 0.803135);

    LinearStatistic prone =
        LinearStatistic.difference(smoke("lora_r16_all", Regime.PRONE), allYes());
    ends(prone.interval(), 0.064725, 0.178595);
    assertThat(prone.estimate() - prone.variation().reach(true, 0.025, Bound.EXACT).distance())
        .isCloseTo(0.040076, within(TOLERANCE));
    assertThat(prone.pAbove(0)).isCloseTo(0.000219134, within(1e-8));
  }

  @Test
  void rows_that_may_collapse() throws IOException {
    Sample r8 = smoke("lora_r8_all", Regime.PRONE);
    LinearStatistic mean = LinearStatistic.mean(r8);
    assertThat(mean.estimate()).isCloseTo(0.72, within(TOLERANCE));
    assertThat(mean.variation().items()).isCloseTo(2.8091263e-4, within(1e-10));
    ends(mean.interval(), 0.639503, 0.775061);
    LinearStatistic gain = LinearStatistic.difference(r8, allYes());
    assertThat(gain.variation().items()).isCloseTo(9.460211e-5, within(1e-10));
    ends(gain.interval(), 0.024078, 0.148125);
    assertThat(gain.pAbove(0)).isCloseTo(0.00206433, within(1e-7));
    ends(
        LinearStatistic.difference(smoke("lora_r8_all", Regime.STEADY), allYes()).interval(),
        -0.115765,
        0.315765);

    LinearStatistic qv = LinearStatistic.difference(smoke("lora_r16_qv", Regime.PRONE), allYes());
    assertThat(qv.variation().items()).isCloseTo(1.3396814e-4, within(1e-10));
    ends(qv.interval(), 0.007798, 0.150947);
    assertThat(qv.pAbove(0)).isCloseTo(0.0262730, within(TOLERANCE));

    LinearStatistic both = LinearStatistic.difference(smoke("lora_r16_all", Regime.PRONE), r8);
    assertThat(both.variation().items()).isCloseTo(2.365053e-5, within(1e-10));
    ends(both.interval(), -0.042182, 0.124105);
  }

  @Test
  void trend_of_four_rows() throws IOException {
    LinearStatistic trend =
        LinearStatistic.of(
            List.of(
                new Term(-0.3, smoke("lora_r2_qv", Regime.STEADY)),
                new Term(-0.1, smoke("lora_r16_qv", Regime.STEADY)),
                new Term(0.1, smoke("lora_r8_all", Regime.STEADY)),
                new Term(0.3, smoke("lora_r16_all", Regime.STEADY))));
    assertThat(trend.estimate()).isCloseTo(0.046111, within(TOLERANCE));
    variation(trend, 4.483642e-5, 1.934654e-5, 7.660556e-7, 3.947643);
    ends(trend.interval(), 0.025601, 0.066621);
    assertThat(trend.pAbove(0)).isCloseTo(0.00141976, within(1e-8));
  }

  @Test
  void shares_near_and_at_all_items() {
    double[][] hits = new double[3][600];
    for (double[] seed : hits) {
      Arrays.fill(seed, 1);
    }
    Sample all = Sample.ofShare(hits, Regime.STEADY, Learning.UNKNOWN);
    ends(LinearStatistic.mean(all).interval(), 0.993871, 1);
    double[][] some = Arrays.stream(hits).map(double[]::clone).toArray(double[][]::new);
    Arrays.fill(some[0], 0, 3, 0);
    Arrays.fill(some[2], 0, 6, 0);
    Sample near = Sample.ofShare(some, Regime.STEADY, Learning.UNKNOWN);
    LinearStatistic mean = LinearStatistic.mean(near);
    assertThat(mean.estimate()).isCloseTo(0.995, within(TOLERANCE));
    assertThat(mean.variation().reach(true, 0.025, Bound.JEFFREYS).distance())
        .isCloseTo(0.01283959, within(1e-8));
    ends(mean.interval(), 0.959160, 0.999988);
    ends(Interval.wilson(462, 600), 0.734673, 0.801892);
  }

  @Test
  void bounds_of_counts() {
    bounds(Bound.JEFFREYS, 2, 3, 0.176736, 0.961252);
    bounds(Bound.JEFFREYS, 3, 3, 0.464417, 1);
    bounds(Bound.JEFFREYS, 5, 5, 0.620623, 1);
    bounds(Bound.JEFFREYS, 7, 8, 0.546281, 0.986162);
    bounds(Bound.EXACT, 2, 3, 0.094299, 0.991596);
    bounds(Bound.EXACT, 3, 3, 0.292402, 1);
    bounds(Bound.EXACT, 0, 3, 0, 0.707598);
    bounds(Bound.EXACT, 7, 8, 0.473490, 0.996840);
  }

  private static void bounds(Bound bound, int k, int n, double low, double high) {
    assertThat(bound.low(k, n, 0.025)).isCloseTo(low, within(TOLERANCE));
    assertThat(bound.high(k, n, 0.025)).isCloseTo(high, within(TOLERANCE));
  }

  @Test
  void the_change_between_two_sets_of_trials() {
    AccuracyChange five =
        change(
            new double[] {.762, .751, .770, .744, .758},
            new double[] {.712, .703, .718, .697, .705});
    assertThat(five.interval().estimate()).isCloseTo(-0.05, within(TOLERANCE));
    assertThat(five.degreesOfFreedom()).isEqualTo(8);
    assertThat(five.standardError()).isCloseTo(Math.sqrt(8.325e-5 * 2 / 5), within(1e-9));
    // Twice the smaller of 6.03095e-5 (pooled) and 1.96979e-6 (paired).
    assertThat(five.pDrop()).isCloseTo(3.93957e-6, within(1e-10));
    AccuracyChange three = change(new double[] {.77, .765, .755}, new double[] {.72, .70, .71});
    assertThat(three.pDrop()).isCloseTo(0.00396711, within(1e-7));
    assertThat(AccuracyChange.Collapses.of(3, 3, 0, 3).pFewer()).isCloseTo(0.05, within(1e-9));
    assertThat(AccuracyChange.Collapses.of(6, 6, 0, 6).pFewer())
        .isCloseTo(0.00108225, within(1e-8));
    assertThat(AccuracyChange.Collapses.of(8, 8, 3, 8).pFewer()).isCloseTo(0.0128205, within(1e-7));
    assertThat(AccuracyChange.Collapses.of(20, 20, 0, 3).pFewer())
        .isCloseTo(0.000564653, within(1e-9));
  }

  private static AccuracyChange change(double[] before, double[] after) {
    return AccuracyChange.of(outcomes(before), outcomes(after), 0.01, 0, false);
  }

  private static List<AccuracyChange.Outcome> outcomes(double[] accuracies) {
    return IntStream.range(0, accuracies.length)
        .mapToObj(s -> new AccuracyChange.Outcome(s, accuracies[s], false))
        .toList();
  }

  @Test
  void the_probability_that_one_seed_outperforms_another() {
    ends(Outperformance.of(9, 3, 3), 0.501019, 1);
    ends(Outperformance.of(7.5, 3, 3), 0.357530, 0.975991);
    ends(Outperformance.of(25, 5, 5), 0.642703, 1);
    ends(Outperformance.of(56, 8, 8), 0.588874, 0.968034);
    assertThat(Outperformance.of(new double[] {2, 3}, new double[] {1, 2}).estimate())
        .isEqualTo(3.5 / 4);
  }
}
