package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.suite.ProjectFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedCheckTest {
  @TempDir Path dir;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    Files.writeString(
        dir.resolve("benchmarks/throughput.csv"),
        """
        one,2026-11-25,CPU,tiny,lora r4_qv,4 x 120,0.1,0,0,test,,2026-11-25T10:00:00Z,a CPU,1,2
        two,2026-11-25,CPU,tiny,lora r8_qv,4 x 120,0.1,0,0,test,,2026-11-25T10:00:00Z,a CPU,1,2
        later,2026-11-25,CPU,tiny,ia3,4 x 120,0.1,0,0,test,,2026-11-25T18:00:00Z,a CPU,1,2
        """,
        StandardOpenOption.APPEND);
  }

  @Test
  void speeds_of_one_calibration_pass() {
    project.row("a", "throughput=one").row("b", "throughput=two").untrained("base", "none");
    CheckResult result = SpeedCheck.of(project.write().read());
    assertThat(result.outcome()).isEqualTo(CheckOutcome.OK);
    assertThat(result.found())
        .isEqualTo("all from calibration 2026-11-25T10:00:00Z on a CPU, 1 thread, 2 workers");
  }

  @Test
  void a_row_of_another_calibration_is_a_warning_that_names_it() {
    project
        .row("a", "throughput=one")
        .row("b", "throughput=two")
        .row("c", "throughput=later")
        .row("d", "clock=metered", "throughput=tiny", "schedule=constant", "usd=1");
    CheckResult result = SpeedCheck.of(project.write().read());
    assertThat(result.outcome()).isEqualTo(CheckOutcome.WARNING);
    assertThat(result.found())
        .contains("a, b from calibration 2026-11-25T10")
        .endsWith("; c from calibration 2026-11-25T18:00:00Z on a CPU, 1 thread, 2 workers");
    assertThat(result.todo()).startsWith("calibrate t --write");
  }
}
