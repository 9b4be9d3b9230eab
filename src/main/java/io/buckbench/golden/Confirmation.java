package io.buckbench.golden;

import io.buckbench.input.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Trials of suspected rows on fresh seeds, which neither the accepted nor the first fresh results
 * have. A change that was found once among many rows may be chance; chance does not repeat itself.
 *
 * @param now trained by the commit at hand
 * @param accepted the same rows and seeds trained by the accepted commit, on the same machine;
 *     empty if it could not be had, in which case the accepted trials are compared with again
 * @param words what became of the accepted commit, for the reader
 */
public record Confirmation(SuiteResults now, Optional<SuiteResults> accepted, String words) {
  /** How many fresh seeds a row needs: eight against eight tell a total collapse from chance. */
  public static final int SEEDS = 8;

  /** Seeds for a row that neither side has: the numbers after the largest one. */
  public static List<Long> seeds(SuiteResults golden, SuiteResults fresh, String configuration) {
    long last =
        LongStream.concat(seeds(golden, configuration), seeds(fresh, configuration))
            .max()
            .orElse(0);
    return LongStream.rangeClosed(last + 1, last + SEEDS).boxed().toList();
  }

  private static LongStream seeds(SuiteResults results, String configuration) {
    return Optional.ofNullable(results.rows().get(configuration)).stream()
        .flatMap(row -> row.trials().stream())
        .mapToLong(TrialResults::seed);
  }

  /**
   * The change of a row on its fresh seeds; empty if the row was not trained again.
   *
   * @throws InvalidInputException if a seed is not fresh or other test items were answered
   */
  Optional<RowChange> change(SuiteResults golden, SuiteResults fresh, String configuration) {
    RowResults again = now.rows().get(configuration);
    if (again == null) {
      return Optional.empty();
    }
    RowResults before =
        accepted
            .map(SuiteResults::rows)
            .map(rows -> rows.get(configuration))
            .orElse(golden.rows().get(configuration));
    for (TrialResults trial : again.trials()) {
      requireFresh(golden, configuration, trial.seed(), "an accepted seed");
      requireFresh(fresh, configuration, trial.seed(), "a seed that was compared before");
    }
    Map<String, TestSet> sets = now.testSets();
    if (!again.testSet().equals(before.testSet()) || !sets.containsKey(again.testSet())) {
      throw new InvalidInputException(
          "confirmation of " + configuration,
          "other test items than the accepted ones",
          "the same test items",
          "train the row with the declared suite");
    }
    return Optional.of(RowChange.of(sets.get(again.testSet()), before.trials(), again.trials()));
  }

  /**
   * The change that the accepted commit shows by itself: from the accepted trials to those on this
   * machine. Empty if it was not trained here.
   */
  Optional<RowChange> ofMachine(SuiteResults golden, String configuration) {
    RowResults before = golden.rows().get(configuration);
    return accepted
        .map(here -> here.rows().get(configuration))
        .map(
            here ->
                RowChange.of(
                    golden.testSets().get(before.testSet()), before.trials(), here.trials()));
  }

  private static void requireFresh(
      SuiteResults results, String configuration, long seed, String what) {
    if (results.contains(configuration, seed)) {
      throw new InvalidInputException(
          "confirmation of " + configuration,
          "seed " + seed + ", " + what,
          "seeds that neither side has",
          "train the seeds that Confirmation.seeds names");
    }
  }
}
