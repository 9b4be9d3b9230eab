package io.buckbench.accepted;

import io.buckbench.findings.SuiteRuns;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The records in a run store that match the current declarations of a suite.
 *
 * @param suite the declared suite
 * @param runs the usable records, in the suite's order
 * @param missing declared trials without a usable record, including milestones
 */
public record DeclaredRuns(Suite suite, SuiteRuns runs, List<Trial> missing) {
  /**
   * Reads the records of a suite.
   *
   * @param anyCommit whether records of several commits may be used together, as in {@link
   *     SuiteRuns}
   */
  public static DeclaredRuns read(Suite suite, RunStore store, boolean anyCommit) {
    List<RunRecord> found = new ArrayList<>();
    for (Trial trial : suite.recorded()) {
      store
          .find(trial.id())
          .filter(run -> run.declared().equals(trial.configuration().declared()))
          .ifPresent(found::add);
    }
    SuiteRuns runs = SuiteRuns.of(suite.name(), found, anyCommit);
    List<Trial> missing =
        suite.recorded().stream()
            .filter(trial -> runs.records().stream().noneMatch(run -> isOf(run, trial)))
            .toList();
    return new DeclaredRuns(suite, runs, missing);
  }

  private static boolean isOf(RunRecord run, Trial trial) {
    return run.configuration().equals(trial.configuration().id()) && run.seed() == trial.seed();
  }

  private static String name(Trial trial) {
    return trial.configuration().id() + ", seed " + trial.seed();
  }

  /** The usable records. */
  public List<RunRecord> records() {
    return runs.records();
  }

  /** Whether every declared trial has a usable record. */
  public boolean complete() {
    return missing.isEmpty();
  }

  /** Describes the missing trials. */
  public String missingWords() {
    return "NOT_RUN: "
        + missing.size()
        + " of "
        + suite.recorded().size()
        + " trials of "
        + suite.name()
        + " have no record of this commit and device class in the run store: "
        + missing.stream().limit(10).map(DeclaredRuns::name).collect(Collectors.joining("; "))
        + (missing.size() > 10 ? "; ..." : "");
  }
}
