package io.buckbench.findings;

import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The records of a suite that can be compared with each other because they differ only in their
 * declarations: those with the commit and device class of the newest record.
 *
 * @param suite the suite's name
 * @param records the comparable records, in the given order
 * @param leftOut how many records have another commit or device class
 */
public record SuiteRuns(String suite, List<RunRecord> records, int leftOut) {
  /** Selects the records of one commit. */
  public static SuiteRuns of(String suite, List<RunRecord> all) {
    return of(suite, all, false);
  }

  /**
   * Selects comparable records.
   *
   * @param anyCommit whether records of other commits are included, for example of trials that were
   *     expensive; their library versions must be the same
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

  /** Whether two records can differ only because of their declarations. */
  public static boolean sameOrigin(Provenance one, Provenance other, boolean anyCommit) {
    return one.deviceClass().equals(other.deviceClass())
        && (anyCommit
            ? one.versions().equals(other.versions())
            : one.commit().equals(other.commit()));
  }

  /** Judges every hypothesis of the suite on the records. */
  public List<Finding> findings(Hypotheses hypotheses) {
    return hypotheses.judge(suite, records);
  }
}
