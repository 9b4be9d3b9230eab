package io.buckbench.accepted;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.buckbench.golden.VerdictRule;
import java.util.Optional;

/**
 * A finding and the verdict that was accepted for its hypothesis and row.
 *
 * @param finding of the fresh runs
 * @param accepted the accepted verdict; empty where none was, or where none binds these runs
 * @param changed whether the verdict differs from the accepted one so that a build must fail
 */
public record HeldFinding(Finding finding, Optional<Verdict> accepted, boolean changed) {
  /** Compares by the rule that binds these runs. */
  public static HeldFinding of(Finding finding, Optional<Verdict> accepted, VerdictRule rule) {
    return new HeldFinding(
        finding,
        accepted,
        accepted.filter(verdict -> rule.brokenBy(verdict, finding.verdict())).isPresent());
  }

  /** For example {@code lora-r4 beats-full: REFUTED, accepted as SUPPORTED}. */
  @Override
  public String toString() {
    return finding.configuration()
        + (finding.configuration().isEmpty() ? "" : " ")
        + finding.hypothesis()
        + ": "
        + finding.verdict()
        + accepted.map(a -> ", accepted as " + a).orElse(", nothing accepted yet");
  }
}
