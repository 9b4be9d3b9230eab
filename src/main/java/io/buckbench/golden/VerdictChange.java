package io.buckbench.golden;

import io.buckbench.findings.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A verdict that differs from the accepted one.
 *
 * @param finding {@code hypothesis} or {@code hypothesis/configuration}
 * @param accepted the accepted verdict, or {@code nothing}
 * @param now the verdict of the fresh runs, or {@code nothing}
 * @param breaksPromise whether the build must fail
 */
public record VerdictChange(String finding, String accepted, String now, boolean breaksPromise) {
  /**
   * All verdicts that differ from the accepted ones.
   *
   * @param exact whether equal bits are promised
   * @param confirmation trials on fresh seeds, with the verdicts on them
   */
  static List<VerdictChange> between(
      SuiteResults golden, SuiteResults fresh, boolean exact, Optional<Confirmation> confirmation) {
    VerdictRule rule = VerdictRule.ofSuite(exact);
    Set<String> keys = new LinkedHashSet<>(golden.verdicts().keySet());
    keys.addAll(fresh.verdicts().keySet());
    List<VerdictChange> changes = new ArrayList<>();
    for (String key : keys) {
      String accepted = golden.verdicts().getOrDefault(key, "nothing");
      String now = fresh.verdicts().getOrDefault(key, "nothing");
      if (!accepted.equals(now)) {
        changes.add(
            new VerdictChange(key, accepted, now, breaks(key, golden, fresh, rule, confirmation)));
      }
    }
    return changes;
  }

  private static boolean breaks(
      String key,
      SuiteResults golden,
      SuiteResults fresh,
      VerdictRule rule,
      Optional<Confirmation> confirmation) {
    Verdict accepted = verdict(key, golden);
    // A missing row fails the build anyway, but a withdrawn hypothesis has to fail it here.
    Verdict again = confirmation.map(c -> verdict(key, c.now())).orElse(Verdict.NOT_RUN);
    return rule.brokenBy(accepted, verdict(key, fresh), again)
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
