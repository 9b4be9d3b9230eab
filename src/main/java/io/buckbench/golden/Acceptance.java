package io.buckbench.golden;

import io.buckbench.files.WholeFiles;
import io.buckbench.files.WorkTree;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Statement;
import io.buckbench.history.Drift;
import io.buckbench.history.History;
import io.buckbench.history.PastRun;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.promise.Promise;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Accepts results as golden. It refuses a modified work tree, a missing reason, runs that broke a
 * promise, and runs that are not repeatable. The error lists all reasons, and nothing is written.
 *
 * @param repository the top folder of the work tree
 * @param folder the name of the golden folder in it
 */
public record Acceptance(Path repository, String folder) {
  /** The promises that a divergence breaks. It is repeatable, so it may be accepted as a result. */
  private static final Set<Promise> DIVERGENCE =
      EnumSet.of(Promise.LOSSES_FINITE, Promise.PARAMETERS_FINITE, Promise.LOGITS_FINITE);

  /**
   * What was accepted.
   *
   * @param file the golden file
   * @param drift the values that have moved since they were first accepted on this device class
   */
  public record Accepted(Path file, List<Drift> drift) {}

  /** Accepts results into the folder {@code golden}. */
  public Acceptance(Path repository) {
    this(repository, "golden");
  }

  /**
   * Accepts the runs of one suite: writes the golden file, appends the run to the suite's history,
   * and appends a dated line to {@code CHANGES.md}, followed by the values that have moved since
   * they were first accepted.
   *
   * @param runs all trials of the suite
   * @param repeats second runs of at least the trials that {@link Repeats#required} returns
   * @param findings the findings on the runs
   * @param statements what the hypotheses about the suite state
   * @param why one sentence, {@code -Dgolden.why}
   * @param today the date of the line
   * @throws InvalidInputException with all reasons to refuse
   */
  public Accepted accept(
      List<RunRecord> runs,
      List<RunRecord> repeats,
      List<Finding> findings,
      List<Statement> statements,
      String why,
      LocalDate today) {
    Problems problems = new Problems();
    if (why == null || why.isBlank() || why.contains("\n")) {
      problems.add(
          "-Dgolden.why",
          why == null || why.isBlank() ? "nothing" : "several lines",
          "one sentence that says why these results are right",
          "add -Dgolden.why=\"...\"; it becomes a dated line in " + folder + "/CHANGES.md");
    }
    List<String> modified = new WorkTree(repository).modifiedOutside(folder);
    if (!modified.isEmpty()) {
      problems.add(
          "golden accept",
          "modified files: " + String.join(", ", modified),
          "no tracked file outside " + folder + "/ that differs from the commit",
          "commit or revert them, run again, then accept");
    }
    runs.forEach(run -> check(run, problems));
    Repeats.check(runs, repeats, problems);
    problems.throwIfAny();
    SuiteResults results = SuiteResults.of(runs, findings);
    GoldenStore store = new GoldenStore(repository.resolve(folder));
    History history = History.of(store.folder(), results.suite());
    append(history, store, PastRun.of(runs, findings).accepted(why.strip()));
    List<Drift> drift = Drift.of(history.accepted(results.deviceClass()), statements);
    Path file = store.write(results);
    appendLine(results, why.strip(), today, drift);
    return new Accepted(file, drift);
  }

  /** Adds an accept to the history, after the accepted results that are older than the history. */
  private static void append(History history, GoldenStore store, PastRun now) {
    if (history.accepted(now.deviceClass()).isEmpty()) {
      store
          .readable(history.suite(), now.deviceClass())
          .map(SuiteResults::pastRun)
          .ifPresent(history::append);
    }
    history.append(now);
  }

  private static void check(RunRecord run, Problems problems) {
    String where = "golden accept, " + run.configuration() + " seed " + run.seed();
    if (run.provenance().dirty()) {
      problems.add(
          where,
          "a run made on a modified work tree",
          "runs of a commit",
          "commit, then run again");
    }
    for (PromiseCheck check : run.broken()) {
      if (run.status() != RunStatus.DIVERGED || !DIVERGENCE.contains(check.promise())) {
        problems.add(where, check.found(), "that " + check.promise(), check.promise().todo());
      }
    }
  }

  private void appendLine(SuiteResults results, String why, LocalDate today, List<Drift> drift) {
    Path changes = repository.resolve(folder).resolve("CHANGES.md");
    String line =
        "- %s %s, %s, commit %s: %s\n"
                .formatted(
                    today, results.suite(), results.deviceClass(), results.shortCommit(), why)
            + drift.stream().map(d -> "  - " + d + "\n").collect(Collectors.joining());
    String before =
        Files.exists(changes)
            ? InputText.read(changes, "what was accepted before", "restore the file")
            : "# What was accepted, when and why\n\nThe newest line is the last.\n\n";
    WholeFiles.write(changes, before + (before.endsWith("\n") ? "" : "\n") + line);
  }
}
