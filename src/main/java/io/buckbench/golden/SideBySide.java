package io.buckbench.golden;

import io.buckbench.experiment.RunRecord;
import io.buckbench.findings.Finding;
import io.buckbench.table.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Any two sets of results held against each other: run stores, golden files, or one of each. */
public final class SideBySide {
  private SideBySide() {}

  /** A snapshot of each suite among the runs, in the order the suites first appear. */
  public static List<Snapshot> snapshots(List<RunRecord> runs, List<Finding> findings) {
    Map<String, List<RunRecord>> bySuite = new LinkedHashMap<>();
    runs.forEach(r -> bySuite.computeIfAbsent(r.suite(), s -> new ArrayList<>()).add(r));
    return bySuite.values().stream().map(suite -> Snapshot.of(suite, findings)).toList();
  }

  /**
   * Compares the suites that both sides hold. Verdicts are compared where both sides were judged.
   *
   * @throws InvalidInputException if no suite is on both sides
   */
  public static List<GoldenDiff> compare(List<Snapshot> first, List<Snapshot> second) {
    List<GoldenDiff> diffs = new ArrayList<>();
    for (Snapshot a : first) {
      for (Snapshot b : second) {
        if (a.suite().equals(b.suite())) {
          boolean judged = !a.verdicts().isEmpty() && !b.verdicts().isEmpty();
          diffs.add(GoldenDiff.compare(judged ? a : unjudged(a), judged ? b : unjudged(b)));
        }
      }
    }
    if (diffs.isEmpty()) {
      throw new InvalidInputException(
          "compare",
          "suites " + suites(first) + " and " + suites(second),
          "a suite on both sides",
          "compare results of the same suite");
    }
    return diffs;
  }

  private static Snapshot unjudged(Snapshot s) {
    return new Snapshot(
        s.format(),
        s.suite(),
        s.deviceClass(),
        s.device(),
        s.threads(),
        s.commit(),
        s.versions(),
        s.sha256(),
        s.testSets(),
        s.rows(),
        Map.of());
  }

  private static String suites(List<Snapshot> snapshots) {
    return snapshots.stream().map(Snapshot::suite).collect(Collectors.joining(", ", "[", "]"));
  }
}
