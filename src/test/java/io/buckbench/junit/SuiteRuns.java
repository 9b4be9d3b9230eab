package io.buckbench.junit;

import io.buckbench.experiment.RunRecord;
import io.buckbench.experiment.RunStore;
import io.buckbench.experiment.Suite;
import io.buckbench.experiment.Trial;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Findings;
import io.buckbench.findings.Hypotheses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the run store holds of a suite. Records are put together only if they have the newest one's
 * {@link Origin}.
 *
 * @param suite as declared
 * @param records the usable ones, in the suite's order
 * @param missing declared trials without one
 */
public record SuiteRuns(Suite suite, List<RunRecord> records, List<Trial> missing) {
  /** Reads what is there. */
  public static SuiteRuns read(Suite suite, RunStore store) {
    Optional<RunRecord> newest =
        store.read(suite).stream().max(Comparator.comparing(run -> run.provenance().startedAt()));
    List<RunRecord> records = new ArrayList<>();
    List<Trial> missing = new ArrayList<>();
    for (Trial trial : suite.trials()) {
      store
          .find(trial)
          .filter(run -> run.declared().equals(trial.experiment().declared()))
          .filter(run -> Origin.same(run, newest.orElseThrow()))
          .ifPresentOrElse(records::add, () -> missing.add(trial));
    }
    return new SuiteRuns(suite, records, missing);
  }

  /** Every hypothesis judged on what is there. */
  public List<Finding> findings(Hypotheses hypotheses) {
    return Findings.judge(hypotheses, records).stream()
        .filter(f -> f.suite().equals(suite.name()))
        .toList();
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
        + suite.trials().size()
        + " trials of "
        + suite.name()
        + " have no record of this commit and device class in the run store: "
        + missing.stream().limit(10).map(SuiteArguments::name).collect(Collectors.joining("; "))
        + (missing.size() > 10 ? "; ..." : "");
  }
}
