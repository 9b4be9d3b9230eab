package io.buckbench.golden;

import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * One declared row with all its trials.
 *
 * @param configuration the row's id
 * @param accuracyPercent mean over its trials, a failed one as 0; for a reader, not compared
 * @param testSet which of the suite's test sets it answered
 * @param declared its settings, column to value; empty where the file did not keep them
 * @param sha256 inputs of this row beyond those that all rows share
 * @param trials by seed
 */
public record RowResults(
    String configuration,
    double accuracyPercent,
    String testSet,
    Map<String, String> declared,
    Map<String, String> sha256,
    List<TrialResults> trials) {

  /** The row with some of its trials, in their order, and their accuracy; NaN without any. */
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

  boolean holds(long seed) {
    return trials.stream().anyMatch(t -> t.seed() == seed);
  }
}
