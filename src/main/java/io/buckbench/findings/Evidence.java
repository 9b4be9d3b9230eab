package io.buckbench.findings;

import io.buckbench.eval.Prediction;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Regimes;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.TrialId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs of one suite, grouped by configuration in order of first appearance.
 *
 * @param suite the suite's name
 * @param runs all records
 * @param regimes how the seeds of each row can differ
 * @param configurations the same records by configuration
 */
record Evidence(
    String suite, List<RunRecord> runs, Regimes regimes, List<ConfigurationRuns> configurations) {

  /**
   * Groups runs.
   *
   * @throws InvalidInputException if a trial occurs twice
   */
  static Evidence of(String suite, List<RunRecord> runs, Regimes regimes) {
    Set<TrialId> seen = new HashSet<>();
    for (RunRecord run : runs) {
      if (!seen.add(run.id())) {
        throw new InvalidInputException(
            "runs of suite " + suite,
            run.configuration() + " seed " + run.seed() + " twice",
            "each trial once",
            "judge one run store at a time");
      }
    }
    Optional<List<Prediction>> anyItems = items(runs);
    List<ConfigurationRuns> configurations = new ArrayList<>();
    RunRecord.byConfiguration(runs)
        .forEach(
            (id, records) ->
                items(records)
                    .or(() -> anyItems)
                    .ifPresent(
                        items ->
                            configurations.add(
                                ConfigurationRuns.of(
                                    id, records, items, regimes.of(records.get(0))))));
    return new Evidence(suite, List.copyOf(runs), regimes, configurations);
  }

  private static Optional<List<Prediction>> items(List<RunRecord> runs) {
    return runs.stream().map(RunRecord::predictions).filter(p -> !p.isEmpty()).findFirst();
  }

  /** The configurations that a selector chooses. */
  List<ConfigurationRuns> choose(RowSelector selector) {
    return configurations.stream().filter(row -> selector.chooses(row.records().get(0))).toList();
  }

  boolean anyFailed() {
    return runs.stream().anyMatch(r -> r.status() == RunStatus.FAILED);
  }

  /** This evidence without the failed runs. */
  Evidence withoutFailed() {
    return of(suite, runs.stream().filter(r -> r.status() != RunStatus.FAILED).toList(), regimes);
  }
}
