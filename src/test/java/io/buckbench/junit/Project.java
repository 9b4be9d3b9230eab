package io.buckbench.junit;

import io.buckbench.findings.Hypotheses;
import io.buckbench.input.Problems;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Suite;
import java.nio.file.Path;

/**
 * A project with declarations.
 *
 * @param root the folder with {@code benchmarks}, {@code datasets} and {@code golden}
 */
public record Project(Path root) {
  /** The project whose tests are running. */
  public static final Project HERE = new Project(Path.of(""));

  /** Reads a suite; all problems are reported in one exception. */
  public Suite suite(String name) {
    return Suite.read(name, root, root.resolve("datasets"));
  }

  /** Reads everything that suites refer to; all problems are reported in one exception. */
  public Benchmarks benchmarks() {
    Problems problems = new Problems();
    Benchmarks benchmarks = Benchmarks.read(root, root.resolve("datasets"), problems);
    problems.throwIfAny();
    return benchmarks;
  }

  /** Reads the declared hypotheses. */
  public Hypotheses hypotheses() {
    return Hypotheses.read(root.resolve("benchmarks").resolve("hypotheses.csv"));
  }
}
