package io.buckbench.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.findings.Finding;
import io.buckbench.findings.RunFixtures;
import io.buckbench.findings.Verdict;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final Finding FINDING =
      new Finding(
          "beats",
          "smoke",
          "ia3",
          Verdict.REFUTED,
          "points",
          1,
          0,
          2,
          Double.NaN,
          "",
          "It does.",
          true);

  @TempDir Path golden;

  private History history() {
    return History.of(golden, "smoke");
  }

  private static PastRun run(int right) {
    return PastRun.of(RunFixtures.row("ia3", right, 170), List.of(FINDING));
  }

  @Test
  void a_line_has_commit_date_device_class_accuracies_dollars_and_verdicts() throws IOException {
    history().append(run(330));
    assertThat(Files.readString(golden.resolve("history/smoke.jsonl")))
        .startsWith(
            "{\"date\":\"2026-11-23T12:00:00Z\",\"commit\":\"0123456789abcdef\",\"dirty\":false,"
                + "\"deviceClass\":\"cpu-x86_64-avx512-t2\",\"why\":\"\",\"rows\":{\"ia3\":{"
                + "\"seeds\":3,\"learned\":3,\"accuracyPercent\":83.33,")
        .endsWith("\"budgetUsd\":1}},\"verdicts\":{\"beats/ia3\":\"REFUTED\"}}\n")
        .hasLineCount(1);
    PastRow row = history().runs().get(0).rows().get("ia3");
    assertThat(row.accuracy().low()).isCloseTo(80, within(3.0)).isLessThan(83.33);
    assertThat(row.accuracy().high()).isGreaterThan(83.33);
  }

  @Test
  void what_was_appended_is_read_back_in_order() {
    List<PastRun> runs = List.of(run(330), run(331).accepted("a reason, with \"quotes\""), run(9));
    runs.forEach(history()::append);
    assertThat(history().runs()).isEqualTo(runs);
    assertThat(history().accepted("cpu-x86_64-avx512-t2")).containsExactly(runs.get(1));
    assertThat(history().runs("gpu-of-someone")).isEmpty();
  }

  @Test
  void the_same_run_twice_in_a_row_is_one_line() {
    assertThat(history().append(run(330))).isTrue();
    assertThat(history().append(run(330))).isFalse();
    assertThat(history().append(run(331))).isTrue();
    assertThat(history().append(run(330))).isTrue();
    assertThat(history().runs()).hasSize(3);
  }

  @Test
  void a_suite_without_a_history_has_no_runs() {
    assertThat(history().runs()).isEmpty();
  }

  @Test
  void lines_that_are_not_runs_are_reported_together_and_kept() throws IOException {
    history().append(run(330));
    Path file = golden.resolve("history/smoke.jsonl");
    String good = Files.readString(file);
    Files.writeString(file, good + "{\"date\":\"today\"}\nnot json\n");
    assertThatThrownBy(() -> history().runs())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "smoke.jsonl:2: found Missing creator property",
            "smoke.jsonl:3: found Unrecognized token",
            "restore the line from version control");
    String before = Files.readString(file);
    history().append(run(331));
    assertThat(Files.readString(file)).startsWith(before).hasLineCount(4);
  }

  @Test
  void a_row_without_answers_has_no_interval_and_counts_as_zero() {
    RunRecord failed =
        RunFixtures.run(
            "ia3", 1, RunStatus.FAILED, List.of(), new double[0], RunFixtures.PROVENANCE);
    history().append(PastRun.of(List.of(failed), List.of()));
    PastRow row = history().runs().get(0).rows().get("ia3");
    assertThat(row.accuracyPercent()).isZero();
    assertThat(row.accuracy().low()).isNaN();
    assertThat(row.learned()).isZero();
  }

  @Test
  void drift_counts_small_steps_that_add_up() {
    List<PastRun> accepted = new ArrayList<>();
    for (double accuracy : new double[] {77, 76.5, 76.8, 76.1}) {
      accepted.add(accepted(accuracy, "0.001", "SUPPORTED"));
    }
    accepted.add(accepted(76.1, "0.002", "INCONCLUSIVE"));
    assertThat(Drift.of(accepted, List.of()))
        .extracting(Drift::toString)
        .containsExactly(
            "ia3: accuracy 77.00 % -> 76.10 %, -0.90 points, loosened by 2 of 5 accepts",
            "ia3: budget $0.001 -> $0.002, loosened by 1 of 5 accepts",
            "beats/ia3: verdict SUPPORTED -> INCONCLUSIVE, loosened by 1 of 5 accepts");
  }

  @Test
  void what_never_moved_is_no_drift_and_what_came_back_is() {
    PastRun first = accepted(77, "0.001", "INCONCLUSIVE");
    assertThat(Drift.of(List.of(), List.of())).isEmpty();
    assertThat(Drift.of(List.of(first, first), List.of())).isEmpty();
    assertThat(Drift.of(List.of(first, accepted(76, "0.0010", "INCONCLUSIVE"), first), List.of()))
        .extracting(Drift::toString)
        .containsExactly(
            "ia3: accuracy 77.00 % -> 77.00 %, +0.00 points, loosened by 1 of 3 accepts");
  }

  @Test
  void a_verdict_that_becomes_decided_is_not_loosened() {
    List<PastRun> accepted =
        List.of(accepted(77, "1", "INCONCLUSIVE"), accepted(77, "1", "REFUTED"));
    assertThat(Drift.of(accepted, List.of()))
        .singleElement()
        .satisfies(drift -> assertThat(drift.loosened()).isZero());
  }

  private static PastRun accepted(double accuracy, String budget, String verdict) {
    PastRun like = run(330);
    PastRow row = new PastRow(3, 3, accuracy, null, null, null, new BigDecimal(budget));
    return new PastRun(
            like.date(),
            like.commit(),
            false,
            like.deviceClass(),
            "",
            Map.of("ia3", row),
            Map.of("beats/ia3", verdict))
        .accepted("why");
  }
}
