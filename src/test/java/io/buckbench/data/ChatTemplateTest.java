package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.data.jinja.JinjaTemplate;
import io.buckbench.data.jinja.None;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prompts in a model's chat template. What templates render is compared by ChatTemplateParityTest.
 */
class ChatTemplateTest {
  private static final Path TOKENIZERS = Path.of("src/test/resources/parity/tokenizers");
  private static final Path TEMPLATES = Path.of("src/test/resources/parity/chat");
  private static final Example EXAMPLE =
      Example.yesNo("x:1", "is it", "Anna owns a ball. Ben does not.", true, "");
  private static final String DATE = "template; date_string=1 Feb 2026";

  private static ChatSettings settings(String text) {
    return ChatSettings.parse("row 1 column chat", text).orElseThrow();
  }

  private static Tokenizer open(String style) {
    return Tokenizer.open(TOKENIZERS.resolve(style), TokenizerClass.BY_FILES, Optional.empty());
  }

  private static ChatTemplate template(Tokenizer tokenizer, Path directory, String settings) {
    return ChatTemplate.read(directory, tokenizer.specialTokens(), settings(settings));
  }

  private static ExampleTokenizer examples(Tokenizer tokenizer, ChatTemplate chat, int maxTokens) {
    return new ExampleTokenizer(
        tokenizer,
        TestData.prompt("harness"),
        Answers.YES_NO,
        maxTokens,
        List.of(),
        Optional.of(chat));
  }

  @ParameterizedTest
  @CsvSource({"llama3, headers, <|begin_of_text|>", "qwen2, chatml, <|im_start|>"})
  void the_prompt_is_the_users_message_and_the_answer_follows_without_a_space(
      String style, String template, String first, @TempDir Path directory) throws IOException {
    Files.copy(TEMPLATES.resolve(template + ".jinja"), directory.resolve(ChatTemplate.FILE));
    try (Tokenizer tokenizer = open(style)) {
      ChatTemplate chat = template(tokenizer, directory, DATE);
      TokenizedExample example = examples(tokenizer, chat, 1000).encode(EXAMPLE);
      String text = tokenizer.decode(example.promptIds(), false);
      assertThat(text)
          .isEqualTo(chat.text(TestData.prompt("harness").text(EXAMPLE)))
          .startsWith(first)
          .contains("Anna owns a ball.", "Question: is it?")
          .endsWith(
              template.equals("chatml") ? "<|im_start|>assistant\n" : "<|end_header_id|>\n\n");
      long[] front = tokenizer.encodeContinuation(first);
      assertThat(example.promptIds()).startsWith(front);
      assertThat(Arrays.stream(example.promptIds()).filter(id -> id == front[0]).count())
          .as("the front token is not added again")
          .isEqualTo(template.equals("chatml") ? 2 : 1);
      assertThat(tokenizer.decode(example.answerIds(), true)).isEqualTo("yes");
      assertThat(example.answerIds()).endsWith(tokenizer.endId());
    }
  }

  @Test
  void a_prompt_that_is_too_long_loses_words_of_its_passage_and_nothing_of_the_template(
      @TempDir Path directory) throws IOException {
    Files.copy(TEMPLATES.resolve("chatml.jinja"), directory.resolve(ChatTemplate.FILE));
    try (Tokenizer tokenizer = open("qwen2")) {
      ChatTemplate chat = template(tokenizer, directory, "template");
      int whole = examples(tokenizer, chat, 1000).encode(EXAMPLE).length();
      TokenizedExample cut = examples(tokenizer, chat, whole - 2).encode(EXAMPLE);
      assertThat(cut.truncatedTokens()).isPositive();
      assertThat(tokenizer.decode(cut.promptIds(), false))
          .startsWith("<|im_start|>user\nAnna owns a ball.")
          .doesNotContain("does not.")
          .endsWith("<|im_end|>\n<|im_start|>assistant\n");
    }
  }

  @Test
  void the_template_of_the_configuration_is_read_if_there_is_no_file(@TempDir Path directory)
      throws IOException {
    Path config = directory.resolve("tokenizer_config.json");
    Files.writeString(config, "{\"chat_template\": \"{{ messages[0].content }}!\"}");
    assertThat(read(directory).text("a")).isEqualTo("a!");
    Files.writeString(
        config,
        "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"no\"},"
            + " {\"name\": \"default\", \"template\": \"{{ eos_token }}{{ x }}\"}]}");
    assertThat(read(directory).text("a")).isEqualTo("</s>");
    Files.writeString(directory.resolve(ChatTemplate.FILE), "file");
    assertThat(read(directory).text("a")).isEqualTo("file");
  }

  private static ChatTemplate read(Path directory) {
    return ChatTemplate.read(directory, Map.of("eos_token", "</s>"), settings("template"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      textBlock =
          """
          {} @ key chat_template: found nothing, expected the model's chat template
          {"chat_template": [{"name": "x"}]} @ found no template named default
          {"chat_template": "a\\n{% include 'x' %}"} @ line 2 of the template: found the tag include, expected one of [if, for
          {"chat_template": "{{ a | shuffle }}"} @ line 1 of the template: found the filter shuffle, expected one of [abs,
          {"chat_template": "{{ a is prime }}"} @ found the test prime, expected one of [!=,
          {"chat_template": "{% if a %}"} @ found the end of the template, expected {% endif %}
          {"chat_template": "{{ a"} @ found a tag without its end, expected }}
          {"chat_template": "{{ 'a' + ; }}"} @ found the character ';'
          {"chat_template": "{% break %}"} @ found break outside a loop
          """)
  void a_missing_or_unsupported_template_is_refused_by_name_and_line(
      String config, String message, @TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("tokenizer_config.json"), config);
    assertThatThrownBy(() -> read(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tokenizer_config.json")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\n{{ strftime_now('%d') }}                   | line 2 of the template: found strftime_now, today's date
          {{ raise_exception('only tools') }}           | found a conversation that the template refuses: only tools
          {{ range(1000000) }}                          | at most 100000
          {{ 'a' * 100000000 }}                         | characters of output
          {% macro m() %}{{ m() }}{% endmacro %}{{ m() }} | macros that call each other without end
          {% for a in range(9999) %}{{ 'a' * 9999 }}{% endfor %} | characters of output
          {{ messages.append(1) }}                      | a call of append, which is undefined
          {{ 2 ** 63 }}                                 | a number beyond 64 bits
          {{ messages.__class__ }}{{ x.y }}             | x is undefined
          """)
  void what_a_template_must_not_do_is_refused(String template, String message) {
    JinjaTemplate parsed = JinjaTemplate.parse("it", template.replace("\\n", "\n"));
    Map<String, Object> variables = Map.of("messages", List.of(), "tools", None.NONE);
    assertThatThrownBy(() -> parsed.render(variables))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("it, line ")
        .hasMessageContaining(message);
  }

  @Test
  void deep_nesting_is_refused_before_the_stack_ends() {
    for (String open : List.of("{{ ", "{% if ")) {
      for (String part : List.of("(", "[", "not ", "-", "{1:", "1 if ")) {
        assertThatThrownBy(() -> JinjaTemplate.parse("it", open + part.repeat(100_000)))
            .isInstanceOf(InvalidInputException.class);
      }
    }
    assertThatThrownBy(() -> JinjaTemplate.parse("it", "{% if 1 %}".repeat(100_000)))
        .hasMessageContaining("more than 100 levels");
  }

  @Test
  void settings_are_the_word_template_and_variables() {
    assertThat(ChatSettings.parse("it", " ")).isEmpty();
    assertThat(settings("template").variables()).isEmpty();
    assertThat(settings("template; a=true; b = 1 Feb; c=12; d=none; e=").variables())
        .isEqualTo(Map.of("a", true, "b", "1 Feb", "c", 12L, "d", None.NONE, "e", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yes", "template a=1", "template; a", "template; =1", "template; a=1; a=2"})
  void malformed_settings_are_refused_with_the_place(String text) {
    assertThatThrownBy(() -> settings(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("row 1 column chat: found '" + text + "', expected template, or");
  }
}
