package io.buckbench.junit;

import io.buckbench.findings.SuiteRuns;
import io.buckbench.record.RunRecord;
import io.buckbench.trial.StoredTrials.Reuse;

/** Which records a build puts together. */
final class Origin {
  private Origin() {}

  /**
   * Whether records stand for trials whatever the program has become: where the build was told so
   * by {@code -Dbuckbench.reuse=SAME_INPUTS}.
   */
  static boolean anyCommit() {
    return Reuse.SAME_INPUTS.name().equals(System.getProperty("buckbench.reuse"));
  }

  /** Whether only what their rows declare differs between two records. */
  static boolean same(RunRecord one, RunRecord other) {
    return SuiteRuns.sameOrigin(one.provenance(), other.provenance(), anyCommit());
  }
}
