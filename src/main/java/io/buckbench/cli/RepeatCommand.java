package io.buckbench.cli;

import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.NamePattern;
import io.buckbench.repeat.Repeat;
import io.buckbench.repeat.Repetition;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Project;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code repeat SUITE ROW}: runs a row twice and compares the bits. */
@Command(
    name = "repeat",
    description = {
      "Run a row twice in fresh processes, and say whether the bits are equal or where they first"
          + " differ: the step and the tensor.",
      "Nothing is stored. Exit status 1: they differ, or a run failed."
    })
final class RepeatCommand extends SuiteCommand {
  @Parameters(index = "1", paramLabel = "ROW", description = "ids of rows, as for run --only")
  private String rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "one of the row's seeds; default: its first")
  private Long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "only the first N steps; required under the metered clock")
  private Integer steps;

  @Override
  public Integer call() throws IOException {
    if (steps != null && steps < 1) {
      throw new InvalidInputException("--steps", steps + "", "at least 1", "correct it");
    }
    Project project = project();
    Suite chosen = project.declared(suite).suite().only(NamePattern.of(rows));
    OptionalInt most = steps == null ? OptionalInt.empty() : OptionalInt.of(steps);
    boolean identical = true;
    for (Configuration row : chosen.configurations()) {
      Path folder = Files.createTempDirectory("buckbench-repeat-");
      try (TrialProgress progress = new TrialProgress(out())) {
        long start = System.nanoTime();
        Repetition repetition =
            new Repeat(project, folder, most).of(new Trial(chosen.name(), row, of(row)), progress);
        identical &= repetition.identical();
        out()
            .printf(
                Locale.ROOT,
                "%s, both runs %.1f s%n",
                repetition.words(),
                (System.nanoTime() - start) / 1e9);
        out().flush();
      } finally {
        Folders.delete(folder);
      }
    }
    return identical ? BuckBench.OK : BuckBench.BROKEN_PROMISE;
  }

  private long of(Configuration row) {
    if (seed != null && !row.seeds().contains(seed)) {
      throw new InvalidInputException(
          "--seed", seed + "", "a seed of row " + row.id() + ": " + row.seeds(), "correct it");
    }
    return seed == null ? row.seeds().get(0) : seed;
  }
}
