package io.buckbench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.RowDiff;
import io.buckbench.golden.RowOutcome;
import io.buckbench.golden.SuiteResults;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangesTest {
  private static Changes of(RowOutcome outcome, boolean breaks) {
    List<RunRecord> runs = List.of(SyntheticRuns.trial("lora-r4", "lora", 1, 30));
    RowDiff row =
        new RowDiff(
            "lora-r4",
            outcome,
            breaks,
            Interval.NONE,
            Double.NaN,
            Double.NaN,
            List.of("declared learning_rate 1 -> 2"),
            List.of(),
            "");
    GoldenDiff diff = new GoldenDiff("mini", false, "", List.of(row), List.of());
    AcceptedResults then =
        new AcceptedResults(
            SuiteResults.of(runs, List.of()), diff, "2026-01-01", Map.of(), List.of());
    return Changes.of(
        SuiteReport.of(
            runs, new Judgement(List.of(), List.of(), Optional.of(then), List.of(), List.of())));
  }

  @ParameterizedTest
  @EnumSource(RowOutcome.class)
  void only_a_row_as_accepted_is_unchanged(RowOutcome outcome) {
    Changes changes = of(outcome, false);
    assertThat(changes.state())
        .isEqualTo(outcome == RowOutcome.SAME ? Changes.State.UNCHANGED : Changes.State.MOVED);
    assertThat(changes.counts()).containsEntry("rows " + outcome, 1);
    if (outcome == RowOutcome.INCONCLUSIVE) {
      assertThat(changes.sentence())
          .startsWith("Moved within what is allowed since 2026-01-01, 1 rows INCONCLUSIVE");
    }
  }

  @ParameterizedTest
  @EnumSource(RowOutcome.class)
  void what_breaks_the_build_is_broken_with_its_cause(RowOutcome outcome) {
    Changes changes = of(outcome, true);
    assertThat(changes.state()).isEqualTo(Changes.State.BROKEN);
    assertThat(changes.sentence())
        .startsWith(outcome == RowOutcome.REGRESSED ? "REGRESSED since" : "NOT AS ACCEPTED since");
    assertThat(changes.items().get(0).words()).endsWith("declared learning_rate 1 -> 2");
  }
}
