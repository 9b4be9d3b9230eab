package io.buckbench.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.budget.Throughput;
import io.buckbench.budget.ThroughputFile;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TinyProject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

  @TempDir Path dir;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
  }

  @Test
  void rows_of_a_kind_differ_only_in_settings_without_effect_on_time() {
    Suite suite =
        project
            .untrained("base", "none")
            .row("a", "learning_rate=1e-3", "seeds=1 2", "usd=0.00002")
            .row("b", "schedule=constant", "warmup_steps=0", "test_rows=4")
            .row("c", "batch_size=8")
            .row("d", "accumulation=2")
            .row("e", "variant=r8_qv")
            .row("f", "bucket_batches=2")
            .write()
            .read();
    List<SpeedKind> kinds = SpeedKind.of(suite);
    assertThat(kinds)
        .extracting(k -> k.rows().stream().map(Configuration::id).toList())
        .containsExactly(List.of("a", "b"), List.of("c"), List.of("d"), List.of("e"), List.of("f"));
    assertThat(kinds)
        .extracting(SpeedKind::label)
        .containsExactly(
            "tiny-lora-r4_qv-4x120-a",
            "tiny-lora-r4_qv-8x120",
            "tiny-lora-r4_qv-8x120in2",
            "tiny-lora-r8_qv-4x120",
            "tiny-lora-r4_qv-4x120-f");
    assertThat(kinds.get(2).batch()).isEqualTo("8 x 120 in 2 micro-batches");
    assertThat(kinds.get(0).recorded()).isEqualTo("tiny");
  }

  @Test
  void a_throughput_row_has_the_median_and_describes_the_spread() {
    SpeedKind kind = SpeedKind.of(project.row("a").write().read()).get(0);
    Speed speed = new Speed(2.34567, List.of(0.1, 0.123456, 0.12, 9.0, 0.13), 200, 0.5, List.of());
    Throughput row = speed.throughput("x", DAY, "CPU", kind, "on a CPU", "tiny");
    assertThat(row.secondsPerStep()).isEqualByComparingTo("0.1235");
    assertThat(row.loadSeconds()).isEqualByComparingTo("2.346");
    assertThat(row.secondsPerTestItem()).isEqualByComparingTo("0.0025");
    assertThat(row.method()).isEqualTo("lora r4_qv");
    assertThat(row.batch()).isEqualTo("4 x 120");
    assertThat(row.source())
        .startsWith("calibrate: median of 5 steps, 5 to 95 % of them 0.1")
        .endsWith("200 test rows; on a CPU");
  }

  @Test
  void an_extent_that_measures_nothing_is_refused() {
    assertThatThrownBy(() -> new Calibration.Extent(-1, 0, 0, 0))
        .hasMessageContaining("--warmup: found -1, expected at least 0")
        .hasMessageContaining("--steps: found 0, expected at least 1")
        .hasMessageContaining("--test-batches: found 0, expected at least 1")
        .hasMessageContaining("--seconds: found 0.0, expected above 0");
  }

  @Test
  void every_kind_is_measured_and_its_row_can_plan_a_suite() throws IOException {
    TinyProject.fill(dir);
    Suite suite = project.row("a").row("p", "method=prompt", "variant=p8").write().read();
    Calibration calibration =
        new Calibration(project.benchmarks(), new Calibration.Extent(2, 3, 600, 1));
    calibration.check(suite);
    List<Throughput> rows = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (SpeedKind kind : SpeedKind.of(suite)) {
      Speed speed = calibration.measure(kind, metric -> steps.add(metric.step()));
      assertThat(speed.stepSeconds()).hasSize(3).allMatch(s -> s > 0);
      assertThat(speed.testItems()).isEqualTo(4);
      rows.add(speed.throughput("new-" + kind.label(), DAY, "CPU", kind, "here", kind.recorded()));
    }
    assertThat(steps).containsExactly(1, 2, 3, 4, 5, 1, 2, 3, 4, 5);
    assertThat(rows)
        .allSatisfy(r -> assertThat(r.secondsPerStep()).isPositive())
        .allSatisfy(r -> assertThat(r.loadSeconds()).isPositive())
        .allSatisfy(r -> assertThat(r.secondsPerTestItem()).isPositive());
    ThroughputFile.append(dir.resolve("benchmarks/throughput.csv"), rows);
    Suite planned =
        project.onlyRow("a", "throughput=new-tiny-lora-r4_qv-4x120", "usd=0.01").write().read();
    assertThat(planned.configurations().get(0).plan().firstStepSeconds())
        .isEqualByComparingTo(rows.get(0).secondsPerStep());
  }

  @Test
  void no_step_starts_after_the_time_limit() throws IOException {
    TinyProject.fill(dir);
    SpeedKind kind = SpeedKind.of(project.row("a").write().read()).get(0);
    Speed speed =
        new Calibration(project.benchmarks(), new Calibration.Extent(0, 1000, 1e-9, 1))
            .measure(kind, metric -> {});
    assertThat(speed.stepSeconds()).hasSize(1);
  }
}
