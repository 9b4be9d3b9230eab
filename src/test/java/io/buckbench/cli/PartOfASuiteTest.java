package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A project elsewhere, a suite in a file, and a part of it. */
class PartOfASuiteTest {
  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = BuckBench.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void a_part_never_replaces_the_whole_and_records_on_other_data_are_an_error() throws IOException {
    TinyProject.fill(dir);
    new ProjectFixture(dir)
        .untrained("none", "none")
        .untrained("yes", "all-yes", "seeds=1 2")
        .untrained("yes_too", "all-yes", "seeds=1")
        .write();
    String suite = dir.resolve("benchmarks/t.csv").toString();
    String runs = System.clearProperty("buckbench.runs");
    try {
      assertThat(run("run", suite, "--only", "yes", "--seeds", "1"))
          .as(err.toString())
          .isEqualTo(BuckBench.OK);
      assertThat(out.toString())
          .contains("selected: 1 of 3 rows of t (yes), 1 of 4 trials")
          .doesNotContain("yes_too");
      assertThat(dir.resolve("target/runs/t/yes/seed-1")).isDirectory();
      assertThat(dir.resolve("target/runs/t/yes/seed-2")).doesNotExist();
      assertThat(dir.resolve("target/report/t.part/summary.md")).isRegularFile();
      assertThat(dir.resolve("target/report/t")).doesNotExist();

      assertThat(run("run", suite, "--shard", "9/9")).isEqualTo(BuckBench.OK);
      assertThat(out.toString()).contains("share 9/9: 0 of 4 trials\n");

      assertThat(run("run", suite, "--only", "yes*")).isEqualTo(BuckBench.OK);
      assertThat(run("report", suite)).as(err.toString()).isEqualTo(BuckBench.OK);
      assertThat(out.toString()).contains("not run: 1 of 4 trials: t/none seed 1\n");
      String whole = Files.readString(dir.resolve("target/report/t/summary.md"));
      assertThat(run("report", suite, "--only", "yes_too")).isEqualTo(BuckBench.OK);
      assertThat(dir.resolve("target/report/t/summary.md")).content().isEqualTo(whole);

      Path test = dir.resolve("datasets/control/test.jsonl");
      Files.writeString(test, Files.readString(test).replace("true", "false"));
      assertThat(run("report", suite)).isEqualTo(BuckBench.INVALID_INPUT);
      assertThat(err.toString())
          .contains("t/yes seed 2 in " + dir.resolve("target/runs"))
          .contains("found a record on other data, sha256 ")
          .contains("run t --only yes again, or restore the data");
    } finally {
      if (runs != null) {
        System.setProperty("buckbench.runs", runs);
      }
    }
  }
}
