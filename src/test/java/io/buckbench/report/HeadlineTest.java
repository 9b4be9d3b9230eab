package io.buckbench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadlineTest {
  private static List<RunRecord> row(String id, String method, int right, String data) {
    List<RunRecord> row = new ArrayList<>();
    for (long seed = 1; seed <= 8; seed++) {
      row.add(
          RunCopy.of(SyntheticRuns.trial(id, method, seed, right)).declared("data", data).record());
    }
    return row;
  }

  @SafeVarargs
  private static Headline of(List<RunRecord>... rows) {
    List<RunRecord> all = new ArrayList<>(List.of(SyntheticRuns.allYes(1)));
    for (List<RunRecord> row : rows) {
      all.addAll(row);
    }
    return Headline.of(SuiteReport.of(all, Judgement.NONE));
  }

  @Test
  void the_best_trained_row_is_named_with_its_dollars() {
    Headline headline = of(row("full", "full", 38, "control"), row("ia3", "ia3", 30, "control"));
    assertThat(headline.sentence()).isEqualTo("mini: $0.000500 a trial buys 95.0 % at best (full)");
    assertThat(headline.beatsBaseline()).isTrue();
  }

  @Test
  void without_a_row_above_always_yes_the_headline_says_so() {
    Headline headline = of(row("full", "full", 25, "control"), row("ia3", "ia3", 20, "control"));
    assertThat(headline.sentence())
        .isEqualTo(
            "mini: no row beats always-yes; the best, full, ends at 62.5 % for $0.000500 a trial");
    assertThat(headline.beatsBaseline()).isFalse();
  }

  @Test
  void a_control_is_never_the_best() {
    Headline headline =
        of(row("full", "full", 36, "control"), row("shuffled", "lora", 40, "control-shuffled"));
    assertThat(headline.best().orElseThrow().configuration()).isEqualTo("full");
  }

  @Test
  void without_answers_the_headline_says_so() {
    assertThat(of().sentence()).isEqualTo("mini: no trained row answered anything");
  }
}
