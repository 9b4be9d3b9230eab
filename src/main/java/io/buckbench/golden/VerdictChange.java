package io.buckbench.golden;

import io.buckbench.findings.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A verdict that is not the accepted one.
 *
 * @param finding {@code hypothesis} or {@code hypothesis/configuration}
 * @param accepted the golden file's verdict, or {@code nothing}
 * @param now the verdict of these runs, or {@code nothing}
 * @param breaksPromise whether a build must fail
 */
public record VerdictChange(String finding, String accepted, String now, boolean breaksPromise) {
  /**
   * Every verdict that is not as accepted.
   *
   * @param exact whether the two sides promise equal bits
   */
  static List<VerdictChange> between(SuiteResults golden, SuiteResults fresh, boolean exact) {
    VerdictRule rule = VerdictRule.ofSuite(exact);
    Set<String> keys = new LinkedHashSet<>(golden.verdicts().keySet());
    keys.addAll(fresh.verdicts().keySet());
    List<VerdictChange> changes = new ArrayList<>();
    for (String key : keys) {
      String accepted = golden.verdicts().getOrDefault(key, "nothing");
      String now = fresh.verdicts().getOrDefault(key, "nothing");
      if (!accepted.equals(now)) {
        changes.add(new VerdictChange(key, accepted, now, breaks(key, golden, fresh, rule)));
      }
    }
    return changes;
  }

  private static boolean breaks(
      String key, SuiteResults golden, SuiteResults fresh, VerdictRule rule) {
    Verdict accepted = verdict(key, golden);
    // A missing row breaks a build by itself; a hypothesis that was withdrawn must do so here.
    return rule.brokenBy(accepted, verdict(key, fresh))
        || accepted != Verdict.NOT_RUN && withdrawn(key.split("/")[0], fresh);
  }

  private static Verdict verdict(String key, SuiteResults results) {
    return Verdict.valueOf(results.verdicts().getOrDefault(key, Verdict.NOT_RUN.name()));
  }

  private static boolean withdrawn(String hypothesis, SuiteResults fresh) {
    return fresh.verdicts().keySet().stream().noneMatch(k -> k.split("/")[0].equals(hypothesis));
  }

  @Override
  public String toString() {
    return "verdict-changed: " + finding + ", accepted " + accepted + ", now " + now;
  }
}
