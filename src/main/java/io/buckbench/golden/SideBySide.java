package io.buckbench.golden;

import io.buckbench.experiment.RunRecord;
import io.buckbench.experiment.RunStore;
import io.buckbench.findings.Finding;
import io.buckbench.table.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Any two sets of results held against each other: run stores, golden files, or one of each. */
public final class SideBySide {
  private SideBySide() {}

  /**
   * Reads either kind: a folder is a run store, anything else a golden file.
   *
   * @throws InvalidInputException if there are no records or the file is none
   */
  public static List<Snapshot> read(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(GoldenStore.read(path));
    }
    RunStore store = new RunStore(path);
    List<Snapshot> snapshots =
        store.suites().stream()
            .map(store::read)
            .filter(runs -> !runs.isEmpty())
            .map(runs -> Snapshot.of(runs, List.of()))
            .toList();
    if (snapshots.isEmpty()) {
      throw new InvalidInputException(
          path.toString(),
          "no run records",
          "a run store, or a golden file",
          "give the folder that a run wrote to, or one golden/*.json");
    }
    return snapshots;
  }

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
          diffs.add(
              GoldenDiff.compare(judged ? a : a.judged(Map.of()), judged ? b : b.judged(Map.of())));
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

  private static String suites(List<Snapshot> snapshots) {
    return snapshots.stream().map(Snapshot::suite).collect(Collectors.joining(", ", "[", "]"));
  }
}
