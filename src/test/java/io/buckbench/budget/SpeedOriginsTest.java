package io.buckbench.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeedOriginsTest {
  private static final SpeedOrigin MONDAY =
      new SpeedOrigin("2026-11-23T10:00:00Z", "AMD EPYC", 1, 2);

  private final Map<String, Throughput> rows = new LinkedHashMap<>();

  private void row(String id, Optional<SpeedOrigin> origin) {
    rows.put(
        id,
        new Throughput(
            "t",
            LocalDate.of(2026, 11, 24),
            "CPU 1 vCPU",
            "opt-nano",
            "lora",
            "16 x 256",
            BigDecimal.ONE,
            BigDecimal.ONE,
            BigDecimal.ONE,
            "test",
            "",
            origin));
  }

  @Test
  void rows_of_one_calibration_share_their_origin() {
    row("full", Optional.of(MONDAY));
    row("ia3", Optional.of(MONDAY));
    assertThat(SpeedOrigins.of(rows).same()).isTrue();
    assertThat(SpeedOrigins.of(rows))
        .hasToString("all from calibration 2026-11-23T10:00:00Z on AMD EPYC, 1 thread, 2 workers");
  }

  @Test
  void a_row_of_another_calibration_machine_or_number_of_workers_is_named() {
    row("noted", Optional.empty());
    row("full", Optional.of(MONDAY));
    row("ia3", Optional.of(MONDAY));
    row("alone", Optional.of(new SpeedOrigin(MONDAY.calibration(), "AMD EPYC", 1, 1)));
    row("elsewhere", Optional.of(new SpeedOrigin(MONDAY.calibration(), "Intel", 1, 2)));
    SpeedOrigins origins = SpeedOrigins.of(rows);
    assertThat(origins.same()).isFalse();
    assertThat(origins.rows().values())
        .containsExactly(
            List.of("full", "ia3"), List.of("noted"), List.of("alone"), List.of("elsewhere"));
    assertThat(origins.toString())
        .startsWith("not all from one calibration, so a dollar is not the same: full, ia3 from ")
        .contains("; noted from a note of 2026-11-24 on CPU 1 vCPU, without a calibration; ")
        .contains("; alone from calibration 2026-11-23T10:00:00Z on AMD EPYC, 1 thread, 1 worker");
  }

  @Test
  void a_suite_without_planned_rows_has_no_origin() {
    assertThat(SpeedOrigins.of(rows)).isEqualTo(SpeedOrigins.NONE).hasToString("none");
    assertThat(SpeedOrigins.NONE.same()).isTrue();
  }
}
