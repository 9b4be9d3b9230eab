package io.buckbench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  @TempDir Path dir;

  @Test
  void a_suite_is_a_name_or_a_file_anywhere() throws IOException {
    ProjectFixture fixture = new ProjectFixture(dir.resolve("p")).row("a").write();
    Project project = Project.at(fixture.root());
    assertThat(project.declared("t").suite().name()).isEqualTo("t");
    Path elsewhere = Files.createDirectories(dir.resolve("elsewhere")).resolve("mine.csv");
    Files.copy(fixture.root().resolve("benchmarks/t.csv"), elsewhere);
    Suite read = project.declared(elsewhere.toString()).suite();
    assertThat(read.name()).isEqualTo("mine");
    assertThat(read.configurations().get(0).where()).isEqualTo(elsewhere + ":2");
  }

  @Test
  void the_file_of_a_suite_tells_its_project() throws IOException {
    ProjectFixture fixture = new ProjectFixture(dir.resolve("p")).row("a").write();
    Path nested = Files.createDirectories(fixture.root().resolve("suites/today")).resolve("s.csv");
    assertThat(Project.rootOf(nested.toString())).isEqualTo(fixture.root());
    assertThat(Project.rootOf(fixture.root().resolve("benchmarks/t.csv").toString()))
        .isEqualTo(fixture.root());
    assertThat(Project.rootOf("smoke")).isEqualTo(Path.of(""));
    assertThat(Project.rootOf("benchmarks/smoke.csv")).as("the current one").isEqualTo(Path.of(""));
  }

  @Test
  void a_missing_suite_file_a_bad_name_and_a_folder_without_a_project_are_refused()
      throws IOException {
    Project project = Project.at(new ProjectFixture(dir.resolve("p")).root());
    assertThatThrownBy(() -> project.declared(dir + "/none.csv"))
        .hasMessage(
            dir
                + "/none.csv: found no such file, expected the CSV file of a suite; correct the"
                + " path, or name a suite of the project");
    Path spaced = Files.writeString(dir.resolve("my suite.csv"), "id\n");
    assertThatThrownBy(() -> project.declared(spaced.toString()))
        .hasMessageContaining("found the name 'my suite'");
    assertThatThrownBy(() -> Project.at(dir).benchmarks(new Problems()))
        .hasMessage(
            dir
                + ": found no folder benchmarks, expected the folder of a project; change to one,"
                + " name one with --project DIR, or make one with init");
  }

  @Test
  void records_and_reports_are_the_projects_own_and_a_parts_report_is_another() {
    String named = System.clearProperty("buckbench.runs");
    String device = System.clearProperty("buckbench.device");
    try {
      Project project = new Project(dir, dir.resolve("data"), Optional.empty());
      assertThat(project.store().directory()).isEqualTo(dir.resolve("target/runs"));
      assertThat(project.report("t", false)).isEqualTo(dir.resolve("target/report/t"));
      assertThat(project.report("t", true)).isEqualTo(dir.resolve("target/report/t.part"));
      System.setProperty("buckbench.device", "gpu");
      assertThat(project.report("t", false)).isEqualTo(dir.resolve("target/report/t.gpu"));
      System.setProperty("buckbench.runs", "runs");
      assertThat(project.store().directory()).isEqualTo(dir.resolve("runs"));
    } finally {
      restore("buckbench.runs", named);
      restore("buckbench.device", device);
    }
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
