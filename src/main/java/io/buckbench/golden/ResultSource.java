package io.buckbench.golden;

import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Suggestion;
import io.buckbench.record.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One side of a comparison: a run store, or a golden file.
 *
 * @param path the folder or file
 * @param kind {@code run store} or {@code golden file}
 * @param suites the results of each suite with their verdicts
 * @param leftOut number of records with another program or device class than the newest of their
 *     suite
 */
public record ResultSource(Path path, String kind, List<SuiteResults> suites, int leftOut) {

  /**
   * Reads a run store, which is a folder, or a golden file, which ends in {@code .json}.
   *
   * @param suite the suite to read; all suites if empty
   * @param hypotheses used to judge the records of a run store; a golden file has verdicts
   * @throws InvalidInputException if it is neither, has no records, is damaged or does not have the
   *     suite
   */
  public static ResultSource read(
      Path path, Optional<String> suite, Supplier<Hypotheses> hypotheses) {
    if (Files.isDirectory(path)) {
      return store(path, suite, hypotheses);
    }
    if (Files.exists(path) && path.toString().endsWith(".json")) {
      SuiteResults results = GoldenStore.read(path);
      requireOneOf(path, suite, List.of(results.suite()));
      return new ResultSource(path, "golden file", List.of(results), 0);
    }
    throw new InvalidInputException(
        path.toString(),
        Files.exists(path) ? "neither a folder nor a .json file" : "no such file",
        "a run store, or a golden file",
        "give the folder that a run wrote to, such as target/runs, or one golden/*.json");
  }

  private static ResultSource store(
      Path path, Optional<String> suite, Supplier<Hypotheses> hypotheses) {
    RunStore store = new RunStore(path);
    List<String> names = store.suites();
    requireOneOf(path, suite, names);
    List<SuiteResults> results = new ArrayList<>();
    int leftOut = 0;
    for (String name : suite.map(List::of).orElse(names)) {
      SuiteRuns runs = SuiteRuns.of(name, store.read(name));
      if (!runs.records().isEmpty()) {
        results.add(SuiteResults.of(runs.records(), runs.findings(hypotheses.get())));
        leftOut += runs.leftOut();
      }
    }
    if (results.isEmpty()) {
      throw new InvalidInputException(
          path.toString(),
          "a folder without run records",
          "a run store, or a golden file",
          "give the folder that holds a folder for each suite, such as target/runs, or one"
              + " golden/*.json");
    }
    return new ResultSource(path, "run store", results, leftOut);
  }

  private static void requireOneOf(Path path, Optional<String> suite, List<String> names) {
    suite
        .filter(s -> !names.contains(s))
        .ifPresent(
            s -> {
              throw new InvalidInputException(
                  path.toString(),
                  "no suite '" + s + "', only " + names,
                  "results of the suite",
                  names.isEmpty() ? "run it first" : Suggestion.todo(s, names));
            });
  }

  /** The results of a suite that it has. */
  public SuiteResults of(String suite) {
    return suites.stream().filter(s -> s.suite().equals(suite)).findFirst().orElseThrow();
  }

  private List<String> names() {
    return suites.stream().map(SuiteResults::suite).toList();
  }

  /**
   * Compares the suites that both sides have, with this side as the accepted one. Verdicts are
   * compared if both sides have them.
   *
   * @param onlyCommon whether trials on only one side are ignored instead of missing
   * @throws InvalidInputException if the sides have no suite in common
   */
  public List<GoldenDiff> compareWith(ResultSource now, boolean onlyCommon) {
    List<GoldenDiff> diffs = new ArrayList<>();
    for (SuiteResults a : suites) {
      for (SuiteResults b : now.suites) {
        if (a.suite().equals(b.suite())) {
          boolean judged = !a.verdicts().isEmpty() && !b.verdicts().isEmpty();
          diffs.add(
              onlyCommon
                  ? GoldenDiff.compareSelected(a, b, b::contains)
                  : judged ? GoldenDiff.compare(a, b) : GoldenDiff.compareRows(a, b));
        }
      }
    }
    if (diffs.isEmpty()) {
      throw new InvalidInputException(
          "compare",
          "suites " + names() + " and " + now.names(),
          "a suite on both sides",
          "compare results of the same suite");
    }
    return diffs;
  }

  /** Describes this source: its path and kind, then one line for each suite. */
  public String words() {
    StringBuilder words = new StringBuilder(path + ", " + kind + "\n");
    for (SuiteResults s : suites) {
      long trials = s.rows().values().stream().mapToLong(r -> r.trials().size()).sum();
      words.append("  %s, %s, commit %s".formatted(s.suite(), s.deviceClass(), s.shortCommit()));
      words.append(", " + trials + (trials == 1 ? " trial" : " trials"));
      words.append(" of " + s.rows().size() + (s.rows().size() == 1 ? " row\n" : " rows\n"));
    }
    if (leftOut > 0) {
      words.append("  left out: ").append(leftOut);
      words.append(" records of another program or device class than their suite's newest\n");
    }
    return words.toString();
  }
}
