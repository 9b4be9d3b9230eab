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
    Set<String> keys = new LinkedHashSet<>(golden.verdicts().keySet());
    keys.addAll(fresh.verdicts().keySet());
    List<VerdictChange> changes = new ArrayList<>();
    for (String key : keys) {
      String accepted = golden.verdicts().getOrDefault(key, "nothing");
      String now = fresh.verdicts().getOrDefault(key, "nothing");
      if (!accepted.equals(now)) {
        changes.add(
            new VerdictChange(key, accepted, now, breaks(key, accepted, now, fresh, exact)));
      }
    }
    return changes;
  }

  private static boolean breaks(
      String key, String accepted, String now, SuiteResults fresh, boolean exact) {
    Set<String> verdicts = Set.of("SUPPORTED", "REFUTED", "INCONCLUSIVE");
    if (!verdicts.contains(accepted)) {
      return false;
    }
    if (!verdicts.contains(now)) {
      // Not run is no verdict, and a missing row is reported as such; a withdrawn hypothesis
      // breaks.
      String hypothesis = key.split("/")[0];
      return fresh.verdicts().keySet().stream().noneMatch(k -> k.split("/")[0].equals(hypothesis));
    }
    return exact || Verdict.valueOf(accepted).opposes(Verdict.valueOf(now));
  }

  @Override
  public String toString() {
    return "verdict-changed: " + finding + ", accepted " + accepted + ", now " + now;
  }
}
