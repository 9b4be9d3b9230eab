package io.buckbench.findings;

import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The records of a suite that may be put together, so that only what their rows declare differs:
 * one commit made them on one device class, that of the newest record.
 *
 * @param suite its name
 * @param records in the order they were given
 * @param leftOut how many records are of another commit or device class
 */
public record SuiteRuns(String suite, List<RunRecord> records, int leftOut) {
  /** Keeps what belongs together of a suite's records: those of one commit. */
  public static SuiteRuns of(String suite, List<RunRecord> all) {
    return of(suite, all, false);
  }

  /**
   * The same.
   *
   * @param anyCommit whether records stand for trials whatever the program has become, as those of
   *     paid-for trials do; the libraries must be the same all the same
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

  /** Whether only what their rows declare differs between two records. */
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
