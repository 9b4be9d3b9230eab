package io.buckbench.accepted;

import io.buckbench.input.Problems;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.DataSets;
import io.buckbench.suite.Project;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a suite's declared trials in a run store.
 *
 * @param records those whose row is still declared as it was run, in the suite's order
 * @param leftOut a line for each record whose row is declared differently now
 * @param missing the trials without a record
 */
public record StoredRuns(List<RunRecord> records, List<String> leftOut, List<Trial> missing) {
  /**
   * Reads the records.
   *
   * @throws io.buckbench.input.InvalidInputException naming every record of a declared row that was
   *     made with other data
   */
  public static StoredRuns read(Project.Declared declared, Selection selection, RunStore store) {
    List<Trial> trials =
        selection.trials(declared.suite()).stream().flatMap(t -> t.recorded().stream()).toList();
    List<RunRecord> records = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    List<Trial> missing = new ArrayList<>();
    for (Trial trial : trials) {
      Optional<RunRecord> found = store.find(trial.id());
      if (found.isEmpty()) {
        missing.add(trial);
      } else if (sameRow(trial, found.get())) {
        records.add(found.get());
      } else {
        leftOut.add(trial + ", whose row is declared differently now: run it again");
      }
    }
    requireSameData(records, store, declared.benchmarks().dataSets());
    return new StoredRuns(List.copyOf(records), List.copyOf(leftOut), List.copyOf(missing));
  }

  private static boolean sameRow(Trial trial, RunRecord record) {
    return trial.configuration().declared().inputs().equals(record.declared().inputs());
  }

  /**
   * Requires that the records of a suite's rows were made with the data sets that are there now.
   *
   * @throws io.buckbench.input.InvalidInputException naming every other record
   */
  public static void requireSameData(Suite suite, RunStore store, DataSets dataSets) {
    List<RunRecord> records = new ArrayList<>();
    for (Trial trial : suite.recorded()) {
      store.find(trial.id()).filter(record -> sameRow(trial, record)).ifPresent(records::add);
    }
    requireSameData(records, store, dataSets);
  }

  private static void requireSameData(List<RunRecord> records, RunStore store, DataSets dataSets) {
    Problems problems = new Problems();
    Map<String, Optional<String>> digests = new HashMap<>();
    for (RunRecord record : records) {
      String data = record.declared().value("data");
      String then = record.provenance().sha256().get("data");
      Optional<String> now = digests.computeIfAbsent(data, dataSets::sha256);
      if (then != null && now.isPresent() && !now.get().equals(then)) {
        problems.add(
            record.id() + " in " + store.directory(),
            "a record on other data, sha256 " + then.substring(0, 8),
            data + " as it is now, sha256 " + now.get().substring(0, 8),
            "run "
                + record.suite()
                + " --only "
                + record.declared().servedBy().orElse(record.configuration())
                + " again, or restore the data");
      }
    }
    problems.throwIfAny();
  }
}
