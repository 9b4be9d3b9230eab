package io.buckbench.junit;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the run store holds of a suite as it is declared now.
 *
 * @param suite as declared
 * @param runs the usable records, in the suite's order
 * @param missing declared trials without one, smaller budgets that a row serves among them
 */
public record DeclaredRuns(Suite suite, SuiteRuns runs, List<Trial> missing) {
  /** Reads what is there. */
  public static DeclaredRuns read(Suite suite, RunStore store) {
    List<RunRecord> found = new ArrayList<>();
    for (Trial trial : suite.recorded()) {
      store
          .find(trial.id())
          .filter(run -> run.declared().equals(trial.configuration().declared()))
          .ifPresent(found::add);
    }
    SuiteRuns runs = SuiteRuns.of(suite.name(), found, Origin.anyCommit());
    List<Trial> missing =
        suite.recorded().stream()
            .filter(trial -> runs.records().stream().noneMatch(run -> isOf(run, trial)))
            .toList();
    return new DeclaredRuns(suite, runs, missing);
  }

  private static boolean isOf(RunRecord run, Trial trial) {
    return run.configuration().equals(trial.configuration().id()) && run.seed() == trial.seed();
  }

  /** The usable records. */
  public List<RunRecord> records() {
    return runs.records();
  }

  /** Every hypothesis judged on what is there. */
  public List<Finding> findings(Hypotheses hypotheses) {
    return runs.findings(hypotheses);
  }

  /** Whether every declared trial is there. */
  public boolean complete() {
    return missing.isEmpty();
  }

  /** What is absent, for a person. */
  public String missingWords() {
    return "NOT_RUN: "
        + missing.size()
        + " of "
        + suite.recorded().size()
        + " trials of "
        + suite.name()
        + " have no record of this commit and device class in the run store: "
        + missing.stream().limit(10).map(SuiteArguments::name).collect(Collectors.joining("; "))
        + (missing.size() > 10 ? "; ..." : "");
  }
}
