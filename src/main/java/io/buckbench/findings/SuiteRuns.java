package io.buckbench.findings;

import io.buckbench.experiment.Provenance;
import io.buckbench.experiment.RunRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The records of a suite that may be put together: one commit made them on one device class, that
 * of the newest record.
 *
 * @param suite its name
 * @param records in the order they were given
 * @param leftOut how many records are of another commit or device class
 */
public record SuiteRuns(String suite, List<RunRecord> records, int leftOut) {
  /** Keeps what belongs together of a suite's records. */
  public static SuiteRuns of(String suite, List<RunRecord> all) {
    Optional<Provenance> newest =
        all.stream().map(RunRecord::provenance).max(Comparator.comparing(Provenance::startedAt));
    List<RunRecord> kept =
        all.stream().filter(run -> sameOrigin(run.provenance(), newest.orElseThrow())).toList();
    return new SuiteRuns(suite, kept, all.size() - kept.size());
  }

  private static boolean sameOrigin(Provenance run, Provenance newest) {
    return run.commit().equals(newest.commit()) && run.deviceClass().equals(newest.deviceClass());
  }

  /** Every hypothesis on the suite, judged on what is there. */
  public List<Finding> findings(Hypotheses hypotheses) {
    return hypotheses.judge(suite, records);
  }
}
