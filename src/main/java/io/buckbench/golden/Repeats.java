package io.buckbench.golden;

import io.buckbench.input.Problems;
import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks repeatability: one trial of each method is run twice and must give equal bits. */
public final class Repeats {
  private Repeats() {}

  /**
   * The trials that must be run a second time before results can be accepted: for each method, the
   * completed trial with the fewest steps.
   */
  public static List<RunRecord> required(List<RunRecord> runs) {
    Map<String, RunRecord> cheapest = new LinkedHashMap<>();
    runs.stream()
        .filter(r -> r.status() == RunStatus.COMPLETED)
        .sorted(Comparator.comparingInt((RunRecord r) -> r.steps().size()))
        .forEach(r -> cheapest.putIfAbsent(method(r), r));
    return new ArrayList<>(cheapest.values());
  }

  private static String method(RunRecord run) {
    return run.declared().method();
  }

  /** Notes each method without a repeated trial, and each repeat whose bits differ. */
  static void check(List<RunRecord> runs, List<RunRecord> repeats, Problems problems) {
    for (RunRecord repeat : repeats) {
      Optional<RunRecord> first = runs.stream().filter(r -> r.id().equals(repeat.id())).findFirst();
      first
          .map(r -> RecordDifferences.ofResults(r, repeat))
          .filter(differences -> !differences.isEmpty())
          .ifPresent(
              differences ->
                  problems.add(
                      "golden accept, " + name(repeat),
                      "a repeat that differs: " + String.join("; ", differences),
                      "equal bits",
                      "find the cause with ./buckbench repeat before accepting"));
    }
    for (RunRecord required : required(runs)) {
      boolean repeated =
          repeats.stream()
              .filter(r -> method(r).equals(method(required)))
              .anyMatch(r -> runs.stream().anyMatch(run -> run.id().equals(r.id())));
      if (!repeated) {
        problems.add(
            "golden accept, method " + method(required),
            "no trial that was run twice",
            "one repeated trial of each method",
            "run " + name(required) + " again");
      }
    }
  }

  private static String name(RunRecord run) {
    return run.configuration() + " seed " + run.seed();
  }
}
