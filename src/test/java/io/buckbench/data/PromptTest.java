package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final Example EXAMPLE =
      Example.yesNo("x:1", "is {passage} a slot", "No {question} here.", true, "");

  @Test
  void the_papers_prompt_is_its_text_with_a_question_mark_added() {
    assertThat(Prompt.byId("paper").text(EXAMPLE))
        .isEqualTo(
            "Using information in the passage, answer the following question: is {passage} a slot?"
                + " ### Passage: No {question} here. ### Answer:");
  }

  @Test
  void the_harness_prompt_is_the_harness_text() {
    assertThat(Prompt.byId("harness").text(EXAMPLE))
        .isEqualTo("No {question} here.\nQuestion: is {passage} a slot?\nAnswer:");
  }

  @Test
  void the_target_is_one_word_with_a_leading_space() {
    assertThat(Prompt.target("yes")).isEqualTo(" yes");
    assertThat(Prompt.target("no")).isEqualTo(" no");
  }

  @Test
  void an_unknown_id_is_refused_with_the_known_ids() {
    assertThatThrownBy(() -> Prompt.byId("papers"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found papers, expected one of paper, harness");
  }

  @Test
  void a_template_must_have_each_slot_once() {
    assertThatThrownBy(() -> new Prompt("p", "{question}"))
        .hasMessage("prompt p must have {passage} once");
    assertThatThrownBy(() -> new Prompt("p", "{passage}{question}{question}"))
        .hasMessage("prompt p must have {question} once");
  }
}
