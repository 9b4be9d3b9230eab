package io.buckbench.junit;

import io.buckbench.findings.ComparedRow;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.UnnamedDifference;
import io.buckbench.input.Problems;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.MethodSettings;
import io.buckbench.suite.Suite;
import java.nio.file.Path;
import java.util.List;

/**
 * A project with declarations: this one, or the one that the file of {@code -Dbuckbench.suite} lies
 * in.
 *
 * @param root the folder with {@code benchmarks}, {@code datasets} and {@code golden}
 */
public record Project(Path root) {
  /** The project whose suite is run. */
  public static final Project HERE =
      new Project(io.buckbench.suite.Project.rootOf(System.getProperty("buckbench.suite", "")));

  /** The folders of the project. */
  public io.buckbench.suite.Project folders() {
    return io.buckbench.suite.Project.at(root);
  }

  /** Reads a suite by its name or file; all problems are reported in one exception. */
  public Suite suite(String suite) {
    return folders().declared(suite).suite();
  }

  /** Reads everything that suites refer to; all problems are reported in one exception. */
  public Benchmarks benchmarks() {
    Problems problems = new Problems();
    Benchmarks benchmarks = folders().benchmarks(problems);
    problems.throwIfAny();
    return benchmarks;
  }

  /** The settings in which rows of a suite differ although no hypothesis names them. */
  public List<UnnamedDifference> differences(Suite suite) {
    Path benchmarks = root.resolve("benchmarks");
    List<ComparedRow> rows =
        suite.withMilestones().stream()
            .map(
                row ->
                    new ComparedRow(row.declared(), MethodSettings.of(benchmarks, row.declared())))
            .toList();
    return hypotheses().unnamedDifferences(suite.name(), rows);
  }

  /** Reads the declared hypotheses. */
  public Hypotheses hypotheses() {
    return Hypotheses.read(root.resolve("benchmarks").resolve("hypotheses.csv"));
  }
}
