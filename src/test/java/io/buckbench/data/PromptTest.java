package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTest {
  private static final Example EXAMPLE =
      Example.yesNo("x:1", "is {passage} a slot", "No {question} here.", true, "");

  @TempDir Path directory;

  @Test
  void the_papers_prompt_is_the_papers() {
    assertThat(TestData.prompt("paper").text(EXAMPLE))
        .isEqualTo(
            "Using information in the passage, answer the following question: is {passage} a slot?"
                + " ### Passage: No {question} here. ### Answer:");
  }

  @Test
  void the_harness_prompt_is_the_harness() {
    assertThat(TestData.prompt("harness").text(EXAMPLE))
        .isEqualTo("No {question} here.\nQuestion: is {passage} a slot?\nAnswer:");
  }

  @Test
  void an_answer_follows_a_space_unless_the_text_says_otherwise() {
    assertThat(TestData.prompt("paper").target("yes")).isEqualTo(" yes");
    Prompt close = new Prompt("p", "\u95ee\uff1a{text}\u7b54\uff1a{answer}", "text");
    assertThat(close.target("\u662f")).isEqualTo("\u662f");
    assertThat(close.fields()).containsExactly("text");
    Prompt line = new Prompt("p", "{text} =\n{answer}", "");
    assertThat(line.target("a b")).isEqualTo("\na b");
    assertThat(line.text(new Example("i", java.util.Map.of("text", "$1 \\x"), 0, "")))
        .isEqualTo("$1 \\x =");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cut: passage\\n---\\n{question}             | found the field to cut, {passage}, 0 times
          cut: q\\n---\\n{q} and {q}                  | found the field to cut, {q}, 2 times
          cut: none\\n---\\nno field                  | found no field
          cut: none\\n---\\n{answer} to {question}    | found {answer} before the end
          {question}                                  | p.txt:1: found no line 'cut: FIELD'
          ---\\n{question}                            | p.txt:1: found no line 'cut: FIELD'
          """)
  void a_malformed_prompt_is_refused(String text, String message) throws IOException {
    Path file = directory.resolve("p.txt");
    Files.writeString(file, text.replace("\\n", "\n"));
    assertThatThrownBy(() -> Prompt.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }
}
