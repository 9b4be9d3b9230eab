package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleTokenizerTest {
  private static final String PASSAGE = "Hello  world, the caf\u00e9\nis \ud83d\ude00 yes.";
  private static final Example EXAMPLE = Example.yesNo("x:1", "is it", PASSAGE, false, "");

  private static Tokenizer tokenizer;

  @BeforeAll
  static void open() {
    tokenizer =
        Tokenizer.open(
            Path.of("src/test/resources/parity/tokenizer"),
            TokenizerClass.BY_FILES,
            TokenizerTest.OPT);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  private static TokenizedExample encode(String prompt, int maxTokens) {
    return new ExampleTokenizer(tokenizer, TestData.prompt(prompt), Answers.YES_NO, maxTokens)
        .encode(EXAMPLE);
  }

  private static String text(TokenizedExample example) {
    return tokenizer.decode(example.promptIds(), true);
  }

  @Test
  void a_prompt_gets_a_front_token_and_an_answer_an_end_token() {
    TokenizedExample whole = encode("paper", 1000);
    assertThat(whole.id()).isEqualTo("x:1");
    assertThat(whole.promptIds()).startsWith(2);
    assertThat(text(whole)).isEqualTo(TestData.prompt("paper").text(EXAMPLE));
    assertThat(whole.answerIds()).containsExactly(274, 2);
    assertThat(whole.truncatedTokens()).isZero();
    assertThat(encode("paper", whole.length())).usingRecursiveComparison().isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper", "harness"})
  void every_lower_limit_cuts_only_whole_words_of_the_passage(String prompt) {
    int whole = encode(prompt, 1000).length();
    String bare = TestData.prompt(prompt).text(EXAMPLE, t -> "");
    int shortest = tokenizer.encode(bare).length + 2;
    List<String> cuts =
        List.of(
            "",
            "Hello",
            "Hello  world,",
            "Hello  world, the",
            "Hello  world, the caf\u00e9",
            "Hello  world, the caf\u00e9\nis",
            "Hello  world, the caf\u00e9\nis \ud83d\ude00");
    int last = -1;
    for (int limit = shortest; limit < whole; limit++) {
      TokenizedExample cut = encode(prompt, limit);
      assertThat(cut.length()).isLessThanOrEqualTo(limit);
      assertThat(cut.truncatedTokens()).isEqualTo(whole - cut.length());
      String text = text(cut);
      int words =
          Collections.indexOfSubList(
              cuts.stream().map(c -> TestData.prompt(prompt).text(EXAMPLE, t -> c)).toList(),
              List.of(text));
      assertThat(words).as("limit %d gives %s", limit, text).isGreaterThanOrEqualTo(last);
      assertThat(cut.promptIds()).isEqualTo(tokenizer.encode(text));
      last = words;
      if (words + 1 < cuts.size()) {
        String more = cuts.get(words + 1);
        String next = TestData.prompt(prompt).text(EXAMPLE, t -> more);
        assertThat(tokenizer.encode(next).length + 2).as("one word more").isGreaterThan(limit);
      }
    }
    assertThat(last).isEqualTo(cuts.size() - 1);
  }

  @Test
  void cut_passages_are_counted() {
    ExampleTokenizer examples =
        new ExampleTokenizer(
            tokenizer, TestData.prompt("paper"), Answers.YES_NO, encode("paper", 1000).length());
    Example longer = Example.yesNo("x:2", "is it", PASSAGE + " Or not.", true, "");
    List<TokenizedExample> encoded = examples.encode(List.of(EXAMPLE, longer, EXAMPLE));
    assertThat(encoded).extracting(TokenizedExample::id).containsExactly("x:1", "x:2", "x:1");
    assertThat(ExampleTokenizer.truncated(encoded)).isEqualTo(1);
  }

  @Test
  void examples_that_do_not_fit_without_their_passage_are_all_named() {
    int bare = tokenizer.encode(TestData.prompt("paper").text(EXAMPLE, t -> "")).length;
    ExampleTokenizer examples =
        new ExampleTokenizer(tokenizer, TestData.prompt("paper"), Answers.YES_NO, bare + 1);
    assertThatThrownBy(() -> examples.encode(Collections.nCopies(3, EXAMPLE)))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(3))
        .hasMessageContaining(
            "x:1: found %d tokens without its passage, prompt paper, expected at most %d"
                .formatted(bare, bare - 1));
    assertThatThrownBy(() -> examples.encode(Collections.nCopies(30, EXAMPLE)))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(20));
    assertThatThrownBy(
            () -> new ExampleTokenizer(tokenizer, TestData.prompt("paper"), Answers.YES_NO, 0))
        .hasMessageContaining("must be positive");
  }

  @Test
  void a_text_without_spaces_is_cut_within_its_only_word() {
    Prompt prompt = new Prompt("p", "{question}: {passage} =", "passage");
    Example chinese = Example.yesNo("x:3", "\u95ee", "\u7f8e\u4e3d".repeat(50), true, "");
    int bare = tokenizer.encode(prompt.text(chinese, t -> "")).length;
    TokenizedExample cut =
        new ExampleTokenizer(tokenizer, prompt, Answers.YES_NO, bare + 22).encode(chinese);
    assertThat(cut.length()).isBetween(bare + 12, bare + 22);
    assertThat(text(cut)).contains(": \u7f8e\u4e3d").endsWith(" =");
  }

  @Test
  void a_prompt_that_cuts_nothing_refuses_what_is_too_long() {
    Prompt prompt = new Prompt("p", "{question}? {passage}", "");
    ExampleTokenizer examples = new ExampleTokenizer(tokenizer, prompt, Answers.YES_NO, 8);
    assertThatThrownBy(() -> examples.encode(EXAMPLE))
        .hasMessageContaining("x:1: found ")
        .hasMessageContaining("tokens, prompt p, expected at most 6");
  }

  @Test
  void a_prompt_leaves_room_for_the_longest_answer_whatever_the_right_one_is() {
    Answers answers = new Answers(List.of("no", "yes and no, it depends"), 0);
    ExampleTokenizer examples =
        new ExampleTokenizer(tokenizer, TestData.prompt("paper"), answers, 95);
    int shorter = examples.encode(EXAMPLE.answered(0)).promptIds().length;
    assertThat(examples.encode(EXAMPLE.answered(1)).promptIds()).hasSize(shorter);
    assertThat(examples.encode(EXAMPLE.answered(1)).length()).isLessThanOrEqualTo(95);
  }

  @Test
  void answers_of_several_tokens_follow_their_prompt_and_end_once() {
    Answers answers = new Answers(List.of("no", "yes and no, it depends"), 0);
    Prompt prompt = TestData.prompt("paper");
    TokenizedExample asked =
        new ExampleTokenizer(tokenizer, prompt, answers, 1000)
            .ask(List.of(EXAMPLE.answered(1)))
            .get(0);
    long[] whole = tokenizer.encode(prompt.text(EXAMPLE) + " yes and no, it depends");
    assertThat(concatenated(asked.promptIds(), asked.choices()[1])).isEqualTo(whole);
    assertThat(asked.choices()[1].length).isGreaterThan(2);
    assertThat(asked.choices()[0]).containsExactly(274);
    assertThat(asked.answerIds())
        .isEqualTo(concatenated(asked.choices()[1], new long[] {tokenizer.endId()}));
    TokenizedExample trained =
        new ExampleTokenizer(tokenizer, prompt, answers, 1000).encode(EXAMPLE.answered(1));
    assertThat(trained.answerIds()).isEqualTo(asked.answerIds());
    assertThat(trained.choices()).isEmpty();
  }

  private static long[] concatenated(long[] first, long[] second) {
    return LongStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  @Test
  void a_prompt_that_meets_its_answer_within_a_token_is_refused_with_the_text() {
    Prompt prompt = new Prompt("joined", "{question}? {passage}\nHell{answer}", "passage");
    Answers answers = new Answers(List.of("o", "nothing"), 0);
    ExampleTokenizer examples = new ExampleTokenizer(tokenizer, prompt, answers, 1000);
    assertThatThrownBy(() -> examples.encode(List.of(EXAMPLE.answered(0))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "x:1, prompt joined, the answer 'o': found tokens that begin before it, after '... caf\u00e9"
                + "\\nis \ud83d\ude00 yes.\\nHell', expected a text whose tokens are the same with and"
                + " without the answer; end the prompt with white space, a colon or a line break"
                + " before the answer");
    assertThatThrownBy(() -> examples.ask(Collections.nCopies(30, EXAMPLE.answered(1))))
        .as("asked items are scored with every answer")
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(20));
  }

  @Test
  void shots_are_shown_whole_before_each_question_and_only_the_question_is_cut() {
    Prompt prompt = TestData.prompt("harness");
    Example shot = Example.yesNo("t:1", "was it", "It was.", true, "");
    Example other = Example.yesNo("t:2", "is it", "It is not.", false, "");
    String before =
        "It was.\nQuestion: was it?\nAnswer: yes\n\nIt is not.\nQuestion: is it?\nAnswer: no\n\n";
    List<Example> shots = List.of(shot, other);
    TokenizedExample whole =
        new ExampleTokenizer(tokenizer, prompt, Answers.YES_NO, 1000, shots, Optional.empty())
            .ask(List.of(EXAMPLE))
            .get(0);
    assertThat(text(whole)).isEqualTo(before + prompt.text(EXAMPLE));
    TokenizedExample cut =
        new ExampleTokenizer(
                tokenizer, prompt, Answers.YES_NO, whole.length() - 1, shots, Optional.empty())
            .ask(List.of(EXAMPLE))
            .get(0);
    assertThat(text(cut)).startsWith(before + "Hello").endsWith("Question: is it?\nAnswer:");
    assertThat(cut.truncatedTokens()).isPositive();
    assertThatThrownBy(
            () ->
                new ExampleTokenizer(tokenizer, prompt, Answers.YES_NO, 40, shots, Optional.empty())
                    .ask(List.of(EXAMPLE)))
        .hasMessageContaining("without its passage, prompt harness after the shots")
        .hasMessageContaining("or lower shots");
  }

  @Test
  void an_example_without_the_fields_of_the_prompt_is_refused() {
    Example other = new Example("x:4", Map.of("text", "hello"), 0, "");
    ExampleTokenizer examples =
        new ExampleTokenizer(tokenizer, TestData.prompt("paper"), Answers.YES_NO, 100);
    assertThatThrownBy(() -> examples.encode(other))
        .hasMessageContaining("x:4: found no text of [question, passage], only of [text]");
  }
}
