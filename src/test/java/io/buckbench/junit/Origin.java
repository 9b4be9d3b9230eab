package io.buckbench.junit;

import io.buckbench.experiment.Provenance;
import io.buckbench.experiment.RunRecord;
import io.buckbench.experiment.StoredTrials.Reuse;

/** Which records may be put together, so that only what a row declares differs between them. */
final class Origin {
  private Origin() {}

  /**
   * Whether two records come from one device class and one commit. Where the build was told that
   * records stand for trials whatever the program has become ({@code
   * -Dbuckbench.reuse=SAME_INPUTS}), the same library versions stand for the same commit.
   */
  static boolean same(RunRecord one, RunRecord other) {
    Provenance a = one.provenance();
    Provenance b = other.provenance();
    boolean anyCommit = Reuse.SAME_INPUTS.name().equals(System.getProperty("buckbench.reuse"));
    return a.deviceClass().equals(b.deviceClass())
        && (anyCommit ? a.versions().equals(b.versions()) : a.commit().equals(b.commit()));
  }
}
