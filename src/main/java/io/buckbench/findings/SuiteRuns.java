package io.buckbench.findings;

import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The records of a suite that can be compared with each other, because only their declarations
 * differ: those of the newest record's commit and device class.
 *
 * @param suite its name
 * @param records in the order they were given
 * @param leftOut how many records are of another commit or device class
 */
public record SuiteRuns(String suite, List<RunRecord> records, int leftOut) {
  /** Selects from a suite's records those of one commit. */
  public static SuiteRuns of(String suite, List<RunRecord> all) {
    return of(suite, all, false);
  }

  /**
   * The same.
   *
   * @param anyCommit whether records of other commits count too, as for trials that were paid for;
   *     the libraries must still be the same
   */
  public static SuiteRuns of(String suite, List<RunRecord> all, boolean anyCommit) {
    Optional<Provenance> newest =
        all.stream().map(RunRecord::provenance).max(Comparator.comparing(Provenance::startedAt));
    List<RunRecord> kept =
        all.stream()
            .filter(run -> sameOrigin(run.provenance(), newest.orElseThrow(), anyCommit))
            .toList();
    return new SuiteRuns(suite, kept, all.size() - kept.size());
  }

  /** Whether two records differ only in what their rows declare. */
  public static boolean sameOrigin(Provenance one, Provenance other, boolean anyCommit) {
    return one.deviceClass().equals(other.deviceClass())
        && (anyCommit
            ? one.versions().equals(other.versions())
            : one.commit().equals(other.commit()));
  }

  /** Every hypothesis on the suite, judged on what is there. */
  public List<Finding> findings(Hypotheses hypotheses) {
    return hypotheses.judge(suite, records);
  }
}
