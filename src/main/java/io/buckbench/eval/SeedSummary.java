package io.buckbench.eval;

/**
 * One configuration over its seeds.
 *
 * @param seeds trials, failed ones too
 * @param failed trials that answered nothing; every test row of theirs counts as wrong
 * @param collapsed trials that answered with one word only
 * @param rows test rows
 * @param accuracy mean over the seeds with its 95 % interval over seeds and test rows
 * @param balancedAccuracy likewise
 * @param parseRate likewise
 * @param accuracySeedSd standard deviation of the accuracy between seeds; NaN for one seed
 * @param balancedAccuracySeedSd likewise of the balanced accuracy
 * @param againstAllYes McNemar's exact test of the seed that differs least from always yes
 * @param power what a comparison of this accuracy with a fixed value would have missed
 */
public record SeedSummary(
    int seeds,
    int failed,
    int collapsed,
    int rows,
    Interval accuracy,
    Interval balancedAccuracy,
    Interval parseRate,
    double accuracySeedSd,
    double balancedAccuracySeedSd,
    McNemar againstAllYes,
    Power power) {

  /** With the default bootstrap. */
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
