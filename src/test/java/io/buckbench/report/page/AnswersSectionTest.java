package io.buckbench.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.data.Answers;
import io.buckbench.eval.AnswerCounts;
import io.buckbench.eval.AnswerSheets;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.report.Judgement;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.SyntheticRuns;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersSectionTest {
  private static final Answers THREE = new Answers(List.of("left", "right", "<b>none</b>"), 0);

  private static RunRecord trial(long seed, List<List<Integer>> table) {
    return RunCopy.of(SyntheticRuns.trial("lora-r4", "lora", seed, 40))
        .predictions(AnswerSheets.of(new AnswerCounts(THREE, table)))
        .record();
  }

  @Test
  void of_three_answers_a_table_shows_which_was_given_for_which_over_all_seeds() {
    List<RunRecord> seeds =
        List.of(
            trial(1, List.of(List.of(8, 2, 0, 0), List.of(0, 5, 0, 5), List.of(1, 1, 18, 0))),
            trial(2, List.of(List.of(10, 0, 0, 0), List.of(0, 5, 5, 0), List.of(0, 0, 20, 0))));
    assertThat(PageText.section(SuiteReport.of(seeds, Judgement.NONE), "answers"))
        .contains(
            "Answers of lora-r4 by right answer",
            "right | left | right | <b>none</b> | other | items",
            "left | 90.0 | 10.0 | 0.0 | 0.0 | 20",
            "right | 0.0 | 50.0 | 25.0 | 25.0 | 20",
            "<b>none</b> | 2.5 | 2.5 | 95.0 | 0.0 | 40");
  }

  @Test
  void of_two_answers_there_is_no_such_table() {
    List<RunRecord> seeds = List.of(SyntheticRuns.trial("lora-r4", "lora", 1, 30));
    assertThat(PageText.section(SuiteReport.of(seeds, Judgement.NONE), "answers"))
        .contains("lora-r4")
        .doesNotContain("by right answer");
  }
}
