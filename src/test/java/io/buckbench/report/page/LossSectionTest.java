package io.buckbench.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.data.Answers;
import io.buckbench.data.Leaks;
import io.buckbench.eval.AnswerCounts;
import io.buckbench.eval.AnswerSheets;
import io.buckbench.record.DataFacts;
import io.buckbench.record.RunCopy;
import io.buckbench.report.Judgement;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.SyntheticRuns;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossSectionTest {
  private static String section(String lossOn, Answers answers, List<Integer> tokens) {
    List<List<Integer>> right =
        answers.size() == 2
            ? List.of(List.of(31, 0, 0), List.of(0, 19, 0))
            : List.of(List.of(20, 0, 0, 0), List.of(0, 10, 0, 0), List.of(0, 0, 10, 0));
    return PageText.section(
        SuiteReport.of(
            List.of(
                RunCopy.of(SyntheticRuns.trial("lora-r4", "lora", 1, 40))
                    .declared("loss_on", lossOn)
                    .data(new DataFacts(answers, tokens, List.of(), Leaks.NONE))
                    .predictions(AnswerSheets.of(new AnswerCounts(answers, right)))
                    .record()),
            Judgement.NONE),
        "losses");
  }

  @Test
  void the_loss_of_knowing_only_the_shares_is_their_entropy_over_the_tokens_of_an_answer() {
    // 0.62 and 0.38, one token and the end each: 0.6640 nats over 2 tokens.
    assertThat(section("answer", Answers.YES_NO, List.of(1, 1)))
        .contains("knowing only the answers' shares 0.332");
    // A half, a quarter and a quarter of 1, 2 and 3 tokens: 1.0397 nats over 2.75 tokens.
    Answers three = new Answers(List.of("left", "right", "none of them"), 0);
    assertThat(section("answer", three, List.of(1, 2, 3)))
        .contains("knowing only the answers' shares 0.378");
  }

  @Test
  void it_is_not_drawn_for_losses_on_whole_texts_or_for_unknown_tokens() {
    assertThat(section("sequence", Answers.YES_NO, List.of(1, 1)))
        .contains("Training loss of lora")
        .doesNotContain("knowing only");
    assertThat(section("answer", Answers.YES_NO, List.of())).doesNotContain("knowing only");
  }
}
