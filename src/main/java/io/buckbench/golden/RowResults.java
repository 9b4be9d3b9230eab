package io.buckbench.golden;

import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * A configuration with all its trials.
 *
 * @param configuration the configuration's id
 * @param accuracyPercent mean over the trials, a failed one as 0; informative, not compared
 * @param testSet the key of the test set that it answered
 * @param declared its settings, column to value; empty in files of format 1
 * @param sha256 digests of its inputs that not all rows share
 * @param trials its trials by seed
 */
public record RowResults(
    String configuration,
    double accuracyPercent,
    String testSet,
    Map<String, String> declared,
    Map<String, String> sha256,
    List<TrialResults> trials) {

  /** This row with some of its trials and their accuracy, which is NaN without any. */
  RowResults only(LongPredicate seeds, TestSet rows) {
    List<TrialResults> some = trials.stream().filter(t -> seeds.test(t.seed())).toList();
    double right = 0;
    for (TrialResults trial : some) {
      right += rows == null ? 0 : rows.rightShare(trial.letters());
    }
    double accuracy = some.isEmpty() ? Double.NaN : percent(right / some.size());
    return new RowResults(configuration, accuracy, testSet, declared, sha256, some);
  }

  /** A share as a percentage with two digits. */
  static double percent(double share) {
    return Math.round(1e4 * share) / 1e2;
  }

  boolean contains(long seed) {
    return trials.stream().anyMatch(t -> t.seed() == seed);
  }
}
