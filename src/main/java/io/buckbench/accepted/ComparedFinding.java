package io.buckbench.accepted;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.buckbench.golden.VerdictRule;
import java.util.Optional;

/**
 * A finding compared with the accepted verdict on the same hypothesis and configuration.
 *
 * @param finding the finding on the fresh runs
 * @param accepted the accepted verdict, if there is one to compare with
 * @param changed whether the verdict changed in a way that must fail the build
 */
public record ComparedFinding(Finding finding, Optional<Verdict> accepted, boolean changed) {
  /** Compares a finding by the rule for its runs. */
  public static ComparedFinding of(Finding finding, Optional<Verdict> accepted, VerdictRule rule) {
    return of(finding, accepted, Optional.empty(), rule);
  }

  /**
   * Compares a finding by the rule for its runs.
   *
   * @param confirmed the verdict on fresh seeds, if the rows were trained again
   */
  static ComparedFinding of(
      Finding finding, Optional<Verdict> accepted, Optional<Verdict> confirmed, VerdictRule rule) {
    Verdict again = confirmed.orElse(Verdict.NOT_RUN);
    return new ComparedFinding(
        finding,
        accepted,
        accepted.filter(then -> rule.brokenBy(then, finding.verdict(), again)).isPresent());
  }

  /** For example {@code lora-r4 beats-full: REFUTED, accepted as SUPPORTED}. */
  @Override
  public String toString() {
    return finding.configuration()
        + (finding.configuration().isEmpty() ? "" : " ")
        + finding.hypothesis()
        + ": "
        + finding.verdict()
        + accepted.map(a -> ", accepted as " + a).orElse(", no accepted verdict");
  }
}
