package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.findings.Hypotheses;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Project;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InitCommandTest {
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
  void a_new_project_is_complete_and_can_be_planned() throws IOException {
    Path project = dir.resolve("my");
    assertThat(run("init", project.toString())).as(err.toString()).isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("buckbench run " + project.resolve("benchmarks/first.csv"));
    assertThat(Project.at(project).declared("first").suite().configurations())
        .extracting(Configuration::id)
        .containsExactly("nothing", "all-yes", "lora_r8", "ia3", "full");
    assertThat(Hypotheses.read(project.resolve("benchmarks/hypotheses.csv")).ids()).hasSize(1);
    assertThat(project.resolve("models/opt-nano/model.safetensors"))
        .hasSameBinaryContentAs(Path.of("src/main/resources/opt-nano/model.safetensors"));
    for (String split : new String[] {"train", "validation", "test"}) {
      assertThat(Files.readAllLines(project.resolve("datasets/control/" + split + ".jsonl")))
          .hasSameSizeAs(Files.readAllLines(Path.of("datasets/control", split + ".jsonl")));
    }
    assertThat(run("plan", project.resolve("benchmarks/first.csv").toString()))
        .as(err.toString())
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("price card mine (CPU 2 cores)");
  }

  @Test
  void nothing_is_overwritten() throws IOException {
    Files.writeString(dir.resolve("notes.txt"), "mine");
    assertThat(run("init", dir.toString())).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .isEqualTo(
            "error: DIR: found "
                + dir
                + " with notes.txt in it, expected a new or empty folder, since nothing is"
                + " overwritten; name another folder\n");
    assertThat(dir.resolve("benchmarks")).doesNotExist();
  }
}
