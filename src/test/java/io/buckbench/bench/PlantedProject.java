package io.buckbench.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.ResultSource;
import io.buckbench.input.NamePattern;
import io.buckbench.input.Problems;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A copy of this project's declarations and control task, in which tests plant faults and train
 * rows of the smoke suite.
 *
 * @param root the folder of the copy
 */
record PlantedProject(Path root) {
  /** The row in which faults are planted. */
  static final String LORA = "lora_r16_all";

  /**
   * Its learning rate here, the largest one that learns (smoke-rates.md). At the declared rate, a
   * tenth of it, a model learns as well with a rate or a scale that is ten times too large.
   */
  static final String RATE = "3e-3";

  /** The seeds of the suite, and other ones: its own are for its hypotheses. */
  private static final String SUITE_SEEDS = ",9 10 11 12 13 14 15 16,";

  private static final String SEEDS = ",1 2 3 4 5 6 7 8,";

  private static final String MODEL = "src/main/resources/opt-nano";

  /** Creates a copy without a fault. */
  static PlantedProject copy(Path root) throws IOException {
    copy(Path.of("benchmarks"), root.resolve("benchmarks"));
    copy(Path.of("datasets", "control"), root.resolve("datasets").resolve("control"));
    return new PlantedProject(root)
        .edit(
            "benchmarks/models.csv",
            text -> text.replace("," + MODEL + ",", "," + Path.of(MODEL).toAbsolutePath() + ","))
        .edit(
            "benchmarks/smoke.csv",
            text -> text.replaceFirst("(\n" + LORA + ",.*,answer,)3e-4,", "$1" + RATE + ","))
        .edit("benchmarks/smoke.csv", text -> text.replace(SUITE_SEEDS, SEEDS));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** Changes a file, and fails if the change has no effect. */
  PlantedProject edit(String file, UnaryOperator<String> change) throws IOException {
    Path path = root.resolve(file);
    String before = Files.readString(path);
    String after = change.apply(before);
    assertThat(after).as("the change of %s", file).isNotEqualTo(before);
    Files.writeString(path, after);
    return this;
  }

  /**
   * Trains and evaluates a row with its first seeds, in this JVM.
   *
   * @param fault changes the row after it was read, like a fault in the program that no declaration
   *     shows
   */
  PlantedProject run(String row, int seeds, UnaryOperator<Configuration> fault) {
    Problems problems = new Problems();
    Benchmarks benchmarks = Benchmarks.read(root, root.resolve("datasets"), problems);
    problems.throwIfAny();
    Configuration configuration =
        fault.apply(
            Suite.read("smoke", root, root.resolve("datasets"))
                .only(NamePattern.of(row))
                .configurations()
                .get(0));
    try (TrialRunner runner = new TrialRunner(benchmarks)) {
      StoredTrials trials = new StoredTrials(new RunStore(runs()), runner, Reuse.NOTHING);
      for (long seed : configuration.seeds().subList(0, seeds)) {
        trials.run(new Trial("smoke", configuration, seed), TrialListener.NONE);
      }
    }
    return this;
  }

  /** The folder of its records. */
  Path runs() {
    return root.resolve("runs");
  }

  /** Its records and their verdicts. */
  ResultSource results() {
    return ResultSource.read(
        runs(),
        Optional.empty(),
        () -> Hypotheses.read(root.resolve("benchmarks").resolve("hypotheses.csv")));
  }
}
