package io.buckbench.eval;

import io.buckbench.statistics.Interval;
import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.Power;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.Sample;

/**
 * The scores of a configuration over its seeds.
 *
 * @param seeds number of trials, including failed ones
 * @param failed number of trials without answers; their test items count as wrong
 * @param collapsed number of trials whose answers are nearly all the same one
 * @param items number of test items
 * @param accuracy mean over the seeds with its 95 % interval over seeds and test items
 * @param balancedAccuracy mean over the seeds, likewise
 * @param parseRate mean over the seeds, likewise
 * @param accuracySeedSd standard deviation of the accuracy between seeds; NaN for one seed
 * @param balancedAccuracySeedSd standard deviation of the balanced accuracy, likewise
 * @param basis what the seeds say about other seeds, for example {@code 2 of 3 seeds learned, so 9
 *     to 99 % of seeds do}; empty if nothing is trained
 * @param againstCommonest two-sided p value of the accuracy against the baseline that always gives
 *     the commonest answer of training, over seeds and test items; NaN for one seed of a training
 * @param power of a comparison of the accuracy with a fixed value
 */
public record SeedSummary(
    int seeds,
    int failed,
    int collapsed,
    int items,
    Interval accuracy,
    Interval balancedAccuracy,
    Interval parseRate,
    double accuracySeedSd,
    double balancedAccuracySeedSd,
    String basis,
    double againstCommonest,
    Power power) {

  /** Summarises a configuration's trials. */
  public static SeedSummary of(Trials trials) {
    Sample accuracy = ItemMetric.ACCURACY.on(trials);
    Sample balanced = ItemMetric.BALANCED_ACCURACY.on(trials);
    LinearStatistic mean = LinearStatistic.mean(accuracy);
    int failed = 0;
    int collapsed = 0;
    for (int s = 0; s < trials.seeds(); s++) {
      boolean answered = !trials.failed(s);
      failed += answered ? 0 : 1;
      collapsed += answered && Diagnosis.collapsed(AnswerCounts.of(trials.seed(s))) ? 1 : 0;
    }
    return new SeedSummary(
        trials.seeds(),
        failed,
        collapsed,
        trials.items(),
        mean.interval(),
        LinearStatistic.mean(balanced).interval(),
        LinearStatistic.mean(ItemMetric.PARSE_RATE.on(trials)).interval(),
        accuracy.seedStandardDeviation(),
        balanced.seedStandardDeviation(),
        accuracy.basis(),
        againstCommonest(accuracy, trials),
        mean.power());
  }

  private static double againstCommonest(Sample accuracy, Trials trials) {
    if (trials.seeds() == 1 && trials.regime() != Regime.FIXED) {
      return Double.NaN;
    }
    Sample baseline = ItemMetric.ACCURACY.on(trials.commonest());
    LinearStatistic gain = LinearStatistic.difference(accuracy, baseline);
    return Math.min(1, 2 * Math.min(gain.pAbove(0), gain.pBelow(0)));
  }
}
