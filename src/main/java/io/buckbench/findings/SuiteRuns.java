package io.buckbench.findings;

import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import java.util.List;
import java.util.Optional;

/**
 * The records of a suite that can be compared with each other because they differ only in their
 * declarations: those with the device class of the newest record, and with its commit or its
 * program.
 *
 * @param suite the suite's name
 * @param records the comparable records, in the given order
 * @param leftOut how many records have another program or device class
 */
public record SuiteRuns(String suite, List<RunRecord> records, int leftOut) {
  /** Selects the records of one program. */
  public static SuiteRuns of(String suite, List<RunRecord> all) {
    return of(suite, all, false);
  }

  /**
   * Selects comparable records.
   *
   * @param anyCommit whether records of other programs are included, for example of trials that
   *     were expensive; their library versions must be the same
   */
  public static SuiteRuns of(String suite, List<RunRecord> all, boolean anyCommit) {
    Optional<Provenance> newest = Provenance.newest(all);
    List<RunRecord> kept =
        all.stream()
            .filter(run -> sameOrigin(run.provenance(), newest.orElseThrow(), anyCommit))
            .toList();
    return new SuiteRuns(suite, kept, all.size() - kept.size());
  }

  /** Whether two records can differ only because of their declarations. */
  public static boolean sameOrigin(Provenance one, Provenance other, boolean anyCommit) {
    boolean sameLibraries = one.versions().equals(other.versions());
    return one.deviceClass().equals(other.deviceClass())
        && (anyCommit
            ? sameLibraries
            : one.commit().equals(other.commit()) || sameLibraries && sameProgram(one, other));
  }

  /**
   * Commits that change no code leave the program as it is, as all of a project of one's own do.
   */
  private static boolean sameProgram(Provenance one, Provenance other) {
    String program = one.sha256().get(Provenance.PROGRAM);
    return program != null && program.equals(other.sha256().get(Provenance.PROGRAM));
  }

  /** Judges every hypothesis of the suite on the records. */
  public List<Finding> findings(Hypotheses hypotheses) {
    return hypotheses.judge(suite, records);
  }
}
