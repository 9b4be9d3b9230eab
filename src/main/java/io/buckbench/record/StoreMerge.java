package io.buckbench.record;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Unites the stores of several machines. A trial that is in two of them must be equal in both,
 * apart from times; one that failed gives way to one that did not.
 *
 * @param copied the trials that were copied
 * @param equal how many records were in the result already, or in an earlier store
 * @param failed how many failed records gave way
 * @param empty the stores without a record, such as those of shares without a trial
 */
public record StoreMerge(List<TrialId> copied, int equal, int failed, List<RunStore> empty) {
  private record Chosen(RunStore store, RunRecord record) {}

  /**
   * Copies the records of all stores into one. Everything is compared before anything is written.
   *
   * @param stores the stores, at least one
   * @param out the united store; it may have records already, which are then compared too
   * @throws InvalidInputException with every trial that differs and in what, for a folder that is
   *     not a store, and for a damaged record
   */
  public static StoreMerge into(RunStore out, List<RunStore> stores) {
    Problems problems = new Problems();
    Map<TrialId, Chosen> chosen = new LinkedHashMap<>();
    int equal = 0;
    int failed = 0;
    List<RunStore> empty = new ArrayList<>();
    List<RunStore> all = new ArrayList<>(List.of(out));
    all.addAll(stores);
    for (RunStore store : all) {
      if (store != out && store.suites().isEmpty()) {
        requireEmpty(store, problems);
        empty.add(store);
      }
      for (RunRecord record : records(store)) {
        Chosen earlier = chosen.putIfAbsent(record.id(), new Chosen(store, record));
        if (earlier == null) {
          continue;
        }
        if (isFailed(record) || isFailed(earlier.record)) {
          failed++;
          chosen.put(record.id(), isFailed(record) ? earlier : new Chosen(store, record));
        } else if (same(earlier, new Chosen(store, record), problems)) {
          equal++;
        }
      }
    }
    problems.throwIfAny();
    List<TrialId> copied = new ArrayList<>();
    chosen.forEach(
        (trial, from) -> {
          if (from.store != out) {
            out.copy(from.store, trial);
            copied.add(trial);
          }
        });
    return new StoreMerge(copied, equal, failed, empty);
  }

  private static boolean isFailed(RunRecord record) {
    return record.status() == RunStatus.FAILED;
  }

  /** A share may have no trial, or may have been stopped before the first record. */
  private static void requireEmpty(RunStore store, Problems problems) {
    if (!store.isEmpty()) {
      problems.add(
          store.directory().toString(),
          "no run records",
          "a store, which has a folder for each suite",
          "name the folder that run wrote to (-Dbuckbench.runs, or target/runs)");
    }
  }

  private static List<RunRecord> records(RunStore store) {
    return store.suites().stream().flatMap(suite -> store.read(suite).stream()).toList();
  }

  private static boolean same(Chosen a, Chosen b, Problems problems) {
    List<String> differences = RecordDifferences.between(a.record, b.record);
    if (!differences.isEmpty()) {
      problems.add(
          a.store.directory(a.record.id()) + " and " + b.store.directory(b.record.id()),
          "records of " + a.record.id() + " that differ: " + String.join("; ", differences),
          "the same trial to be equal in both, apart from times",
          "run it again on one of the machines, or leave one of the two stores out");
    }
    return differences.isEmpty();
  }
}
