package io.buckbench.eval;

/**
 * The scores of a configuration over its seeds.
 *
 * @param seeds number of trials, including failed ones
 * @param failed number of trials without answers; their test items count as wrong
 * @param collapsed number of trials whose answers of yes or no are nearly all the same word
 * @param items number of test items
 * @param accuracy mean over the seeds with its 95 % interval over seeds and test items
 * @param balancedAccuracy mean over the seeds, likewise
 * @param parseRate mean over the seeds, likewise
 * @param accuracySeedSd standard deviation of the accuracy between seeds; NaN for one seed
 * @param balancedAccuracySeedSd standard deviation of the balanced accuracy, likewise
 * @param againstAllYes McNemar's exact test of the seed that differs least from always yes
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
    McNemar againstAllYes,
    Power power) {

  /** Summarises a configuration's trials with the default bootstrap. */
  public static SeedSummary of(Trials trials) {
    return of(trials, TwoLevelBootstrap.DEFAULT);
  }

  /** Summarises a configuration's trials. */
  public static SeedSummary of(Trials trials, TwoLevelBootstrap bootstrap) {
    Sampled accuracy = ItemMetric.ACCURACY.on(trials);
    Sampled balanced = ItemMetric.BALANCED_ACCURACY.on(trials);
    TwoLevelBootstrap.Estimate estimate = bootstrap.mean(accuracy);
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
        estimate.interval(),
        bootstrap.mean(balanced).interval(),
        bootstrap.mean(ItemMetric.PARSE_RATE.on(trials)).interval(),
        accuracy.seedStandardDeviation(),
        balanced.seedStandardDeviation(),
        trials.weakest(trials.allYes()),
        Power.of(trials.seeds(), trials.items(), estimate.standardError()));
  }
}
