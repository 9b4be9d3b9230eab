package io.buckbench.accepted;

import io.buckbench.findings.SuiteRuns;
import io.buckbench.input.Problems;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** The usable record of a declared trial. */
  public Optional<RunRecord> find(Trial trial) {
    return records().stream().filter(run -> isOf(run, trial)).findFirst();
  }

  /**
   * Requires a usable record of each of some trials and of their milestones, for a suite that is
   * judged without training.
   *
   * @param store the store that was read
   * @throws io.buckbench.input.InvalidInputException naming the trials without one, by reason
   */
  public void require(List<Trial> trials, RunStore store) {
    List<Trial> all = trials.stream().flatMap(trial -> trial.recorded().stream()).toList();
    Map<String, List<Trial>> lacking = new LinkedHashMap<>();
    all.stream()
        .filter(trial -> find(trial).isEmpty())
        .forEach(
            trial ->
                lacking.computeIfAbsent(why(trial, store), key -> new ArrayList<>()).add(trial));
    Problems problems = new Problems();
    lacking.forEach(
        (why, of) ->
            problems.add(
                store.directory().toString(),
                why
                    + ": "
                    + of.size()
                    + " of "
                    + all.size()
                    + " trials of "
                    + suite.name()
                    + ": "
                    + names(of),
                "a usable record of every trial of the suite",
                "run their shares again, and merge the stores"));
    problems.throwIfAny();
  }

  /** Why the store has no usable record of a trial. */
  private static String why(Trial trial, RunStore store) {
    Optional<RunRecord> found = store.find(trial.id());
    if (found.isEmpty()) {
      return "no record";
    }
    return found.get().declared().equals(trial.configuration().declared())
        ? "a record of another device class, commit or library version than the newest one"
        : "a record of a row that is declared differently now";
  }

  private static String names(List<Trial> trials) {
    return trials.stream().limit(10).map(DeclaredRuns::name).collect(Collectors.joining("; "))
        + (trials.size() > 10 ? "; ..." : "");
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
        + names(missing);
  }
}
