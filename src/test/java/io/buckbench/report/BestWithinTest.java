package io.buckbench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.SideEffects;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BestWithinTest {
  private static SuiteReport report() {
    List<RunRecord> records = new ArrayList<>();
    records.add(SyntheticRuns.allYes(1));
    row(records, "dear", 40, 60, 4e9, 9);
    row(records, "cheap", 39, 10, 1e9, 2);
    row(records, "poor", 12, 5, 1e9, 1);
    return SuiteReport.of(records, Judgement.NONE);
  }

  private static void row(
      List<RunRecord> records, String id, int right, int steps, double bytes, double millis) {
    for (long seed = 1; seed <= 3; seed++) {
      records.add(
          RunCopy.of(SyntheticRuns.trial(id, "lora", seed, right, steps))
              .sideEffects(new SideEffects(1, 1, millis, Double.NaN, 10, (long) bytes))
              .record());
    }
  }

  private static BestWithin within(Limits limits) {
    return BestWithin.of(report().within(limits));
  }

  private static List<String> names(List<ConfigurationSummary> rows) {
    return rows.stream().map(ConfigurationSummary::configuration).toList();
  }

  @Test
  void without_limits_the_best_is_named_with_the_rows_that_cannot_be_told_from_it() {
    BestWithin best = within(Limits.NONE);
    assertThat(best.best().orElseThrow().configuration()).isEqualTo("dear");
    assertThat(names(best.peers())).containsExactly("cheap");
    assertThat(best.excluded()).isEmpty();
    assertThat(best.sentence()).startsWith("no limit: dear is best with 100.0 [").endsWith("cheap");
  }

  @Test
  void each_limit_excludes_what_is_beyond_it() {
    Limits usd =
        new Limits(
            Optional.of(new BigDecimal("0.0001")), OptionalDouble.empty(), OptionalDouble.empty());
    Limits memory = new Limits(Optional.empty(), OptionalDouble.of(2e9), OptionalDouble.empty());
    Limits millis = new Limits(Optional.empty(), OptionalDouble.empty(), OptionalDouble.of(2));
    for (Limits limits : List.of(usd, memory, millis)) {
      BestWithin best = within(limits);
      assertThat(best.best().orElseThrow().configuration()).as("%s", limits).isEqualTo("cheap");
      assertThat(names(best.excluded())).containsExactly("dear");
      assertThat(best.peers()).isEmpty();
    }
    assertThat(within(memory).sentence())
        .startsWith("at most 2 GB: cheap is best")
        .endsWith("every other row is shown to be worse");
  }

  @Test
  void a_row_that_was_not_measured_is_not_within_a_limit() {
    RunRecord unknown = SyntheticRuns.trial("lora-r4", "lora", 1, 40);
    Limits memory = new Limits(Optional.empty(), OptionalDouble.of(1e12), OptionalDouble.empty());
    BestWithin best =
        BestWithin.of(SuiteReport.of(List.of(unknown), Judgement.NONE).within(memory));
    assertThat(best.best()).isEmpty();
    assertThat(best.sentence()).isEqualTo("at most 1 TB: no trained row");
  }
}
