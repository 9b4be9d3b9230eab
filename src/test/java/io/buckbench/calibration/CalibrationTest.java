package io.buckbench.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.budget.SpeedOrigin;
import io.buckbench.budget.Throughput;
import io.buckbench.budget.ThroughputFile;
import io.buckbench.promise.Promise;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TinyProject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
  private static final SpeedOrigin ORIGIN = new SpeedOrigin("2026-11-24T10:00:00Z", "a CPU", 1, 2);

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
            .row("b", "schedule=constant", "warmup_steps=0", "test_items=4")
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
  void a_throughput_row_has_the_median_of_the_rounds_and_their_spread() {
    SpeedKind kind = SpeedKind.of(project.row("a").write().read()).get(0);
    Speed speed =
        new Speed(
            List.of(
                // Its mean, 0.123456, is the median of the rounds.
                new Round(2.34567, List.of(0.1, 0.146912), 200, 0.5, List.of()),
                new Round(9, List.of(0.5, 0.1), 200, 9, List.of()),
                new Round(2, List.of(0.12), 200, 0.4, List.of())));
    assertThat(speed.least()).isEqualTo(0.12);
    assertThat(speed.most()).isEqualTo(0.3);
    Throughput row = speed.throughput("x", ORIGIN, "CPU", kind, "row a of t", "tiny");
    assertThat(row.secondsPerStep()).isEqualByComparingTo("0.1235");
    assertThat(row.loadSeconds()).isEqualByComparingTo("2.346");
    assertThat(row.secondsPerTestItem()).isEqualByComparingTo("0.0025");
    assertThat(row.date()).isEqualTo("2026-11-24");
    assertThat(row.origin()).contains(ORIGIN);
    assertThat(row.method()).isEqualTo("lora r4_qv");
    assertThat(row.batch()).isEqualTo("4 x 120");
    assertThat(row.source())
        .isEqualTo(
            "calibrate: 0.1235 s a step, median of 3 rounds, least 0.1200, most 0.3000; 5 steps,"
                + " 600 test items; row a of t");
  }

  @Test
  void kinds_are_measured_in_turns_until_they_break_a_promise() {
    Suite suite = project.row("a").row("b", "batch_size=8").row("c", "batch_size=2").write().read();
    List<SpeedKind> kinds = SpeedKind.of(suite);
    List<String> order = new ArrayList<>();
    Map<SpeedKind, Speed> speeds =
        new Calibration(project.benchmarks(), new Calibration.Extent(3, 0, 1, 600, 1))
            .rounds(
                kinds,
                (kind, number) -> {
                  String row = kind.rows().get(0).id();
                  order.add(row + number);
                  List<PromiseCheck> broken =
                      row.equals("b") && number == 2
                          ? List.of(new PromiseCheck(Promise.LOSSES_FINITE, "NaN"))
                          : List.of();
                  return new Round(1, List.of(0.1 * number), 4, 1, broken);
                });
    assertThat(order).containsExactly("a1", "b1", "c1", "a2", "b2", "c2", "a3", "c3");
    assertThat(speeds.keySet()).containsExactlyElementsOf(kinds);
    assertThat(speeds.get(kinds.get(0)).rounds()).hasSize(3);
    assertThat(speeds.get(kinds.get(1)).broken()).hasSize(1);
  }

  @Test
  void an_extent_that_measures_nothing_is_refused() {
    assertThatThrownBy(() -> new Calibration.Extent(0, -1, 0, 0, 0))
        .hasMessageContaining("--rounds: found 0, expected at least 1")
        .hasMessageContaining("--warmup: found -1, expected at least 0")
        .hasMessageContaining("--steps: found 0, expected at least 1")
        .hasMessageContaining("--test-batches: found 0, expected at least 1")
        .hasMessageContaining("--seconds: found 0.0, expected above 0");
  }

  @Test
  void every_kind_is_measured_and_its_row_can_plan_a_suite() throws IOException {
    TinyProject.fill(dir);
    Suite suite =
        project.row("a", "seeds=1 2").row("p", "method=prompt", "variant=p8").write().read();
    Calibration calibration =
        new Calibration(project.benchmarks(), new Calibration.Extent(2, 2, 3, 600, 1));
    calibration.check(suite);
    List<Throughput> rows = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    calibration
        .rounds(
            SpeedKind.of(suite),
            (kind, round) -> calibration.round(kind, round, metric -> steps.add(metric.step())))
        .forEach(
            (kind, speed) -> {
              assertThat(speed.rounds())
                  .hasSize(2)
                  .allSatisfy(r -> assertThat(r.stepSeconds()).hasSize(3).allMatch(s -> s > 0))
                  .allSatisfy(r -> assertThat(r.testItems()).isEqualTo(4));
              rows.add(
                  speed.throughput(
                      "new-" + kind.label(), ORIGIN, "CPU", kind, "here", kind.recorded()));
            });
    assertThat(steps).hasSize(20).startsWith(1, 2, 3, 4, 5, 1, 2, 3, 4, 5);
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
    Round round =
        new Calibration(project.benchmarks(), new Calibration.Extent(1, 0, 1000, 1e-9, 1))
            .round(kind, 1, metric -> {});
    assertThat(round.stepSeconds()).hasSize(1);
  }

  @Test
  void the_origin_names_the_start_machine_threads_and_workers() throws IOException {
    TinyProject.fill(dir);
    SpeedKind kind = SpeedKind.of(project.row("a").write().read()).get(0);
    SpeedOrigin origin = Calibration.origin(kind, Instant.parse("2026-11-25T10:03:22.123Z"), 2);
    assertThat(origin.calibration()).isEqualTo("2026-11-25T10:03:22Z");
    assertThat(origin.machine()).isNotEmpty().doesNotContain("thread");
    assertThat(origin.threads()).isPositive();
    assertThat(origin.workers()).isEqualTo(2);
  }
}
