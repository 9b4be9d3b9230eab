package io.buckbench.endurance;

import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The suite of the tests that kill: three rows with two seeds and twelve steps of a tiny model.
 *
 * @param root the project's folder
 */
record KillSuite(Path root) {
  /** The suite's name. */
  static final String NAME = "t";

  /** The number of steps of each trial. */
  static final String STEPS = "12";

  private static final String[] ROW = {
    "seeds=1 2", "threads=1", "usd=0.1", "max_steps=" + STEPS, "accumulation=8"
  };

  /** Writes the project. */
  static KillSuite write(Path root) throws IOException {
    TinyProject.fill(root);
    ProjectFixture project = new ProjectFixture(root);
    row(project, "lora", "lora", "r4_qv");
    row(project, "full", "full", "full");
    row(project, "ptuning", "ptuning", "p8_h64", "threads=2");
    project.write();
    return new KillSuite(root);
  }

  /**
   * Writes a project whose suite is the first row alone, with more steps.
   *
   * @param steps of each of its two trials
   */
  static KillSuite oneRow(Path root, int steps) throws IOException {
    TinyProject.fill(root);
    ProjectFixture project = new ProjectFixture(root);
    row(project, "lora", "lora", "r4_qv", "max_steps=" + steps);
    project.write();
    return new KillSuite(root);
  }

  private static void row(
      ProjectFixture project, String id, String method, String variant, String... others) {
    List<String> columns = new ArrayList<>(List.of(ROW));
    columns.addAll(List.of("method=" + method, "variant=" + variant));
    columns.addAll(List.of(others));
    project.row(id, columns.toArray(String[]::new));
  }

  /** Starts the suite in another process; a snapshot is kept after every step. */
  Child start(Path runs, int workers) {
    return Child.start(
        Map.of(),
        List.of(
            "-Dbuckbench.device=cpu",
            "-Dbuckbench.snapshot=0.001",
            "-Dbuckbench.heap=512m",
            "-Dbuckbench.jvm=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
        SuiteMain.class,
        root.toString(),
        runs.toString(),
        Integer.toString(workers));
  }

  /** Runs the suite to its end in fresh processes. */
  RunStore run(Path runs, int workers) throws InterruptedException {
    try (Child child = start(runs, workers)) {
      if (child.exitStatus() != 0) {
        throw new AssertionError(child.output());
      }
    }
    return new RunStore(runs);
  }

  /** The trials. */
  List<Trial> trials() {
    return Suite.read(NAME, root, root.resolve("datasets")).trials();
  }

  /** Whether all trials have completed. */
  boolean isComplete(Path runs) {
    List<RunRecord> records = new RunStore(runs).read(NAME);
    return records.size() == trials().size()
        && records.stream().allMatch(run -> run.status() == RunStatus.COMPLETED);
  }
}
