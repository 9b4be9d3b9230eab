package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.eval.AnswerSheets;
import io.buckbench.eval.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenAnswersTest {
  @Test
  void the_commonest_answers_and_ten_wrong_ones_are_shown() {
    // Yes answered as yes, no and other: 20, 3, 1; no likewise: 15, 5, 2.
    List<Prediction> answers = AnswerSheets.of(AnswerSheets.counts(20, 3, 1, 15, 5, 2));
    String words = new GivenAnswers(answers).words();
    assertThat(words)
        .startsWith("commonest answers: 35 x 'yes' 8 x 'no'")
        .contains("\n21 wrong, the first 10:\n");
    assertThat(words.lines().filter(line -> line.startsWith("  "))).hasSize(10);
    assertThat(new GivenAnswers(answers).csv().lines()).hasSize(47);
  }
}
