package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleTokenizerTest {
  private static final String PASSAGE = "Hello  world, the caf\u00e9\nis \ud83d\ude00 yes.";
  private static final Example EXAMPLE = Example.yesNo("x:1", "is it", PASSAGE, false, "");

  private static Tokenizer tokenizer;

  @BeforeAll
  static void open() {
    tokenizer = Tokenizer.open(Path.of("src/test/resources/parity/tokenizer"), TokenizerTest.OPT);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  private static TokenizedExample encode(String prompt, int maxTokens) {
    return new ExampleTokenizer(tokenizer, Prompt.byId(prompt), Answers.YES_NO, maxTokens)
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
    assertThat(text(whole)).isEqualTo(Prompt.byId("paper").text(EXAMPLE));
    assertThat(whole.answerIds()).containsExactly(274, 2);
    assertThat(whole.truncatedTokens()).isZero();
    assertThat(encode("paper", whole.length())).usingRecursiveComparison().isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper", "harness"})
  void every_lower_limit_cuts_only_whole_words_of_the_passage(String prompt) {
    int whole = encode(prompt, 1000).length();
    String bare = Prompt.byId(prompt).text(EXAMPLE, "");
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
              cuts.stream().map(c -> Prompt.byId(prompt).text(EXAMPLE, c)).toList(), List.of(text));
      assertThat(words).as("limit %d gives %s", limit, text).isGreaterThanOrEqualTo(last);
      assertThat(cut.promptIds()).isEqualTo(tokenizer.encode(text));
      last = words;
      if (words + 1 < cuts.size()) {
        String next = Prompt.byId(prompt).text(EXAMPLE, cuts.get(words + 1));
        assertThat(tokenizer.encode(next).length + 2).as("one word more").isGreaterThan(limit);
      }
    }
    assertThat(last).isEqualTo(cuts.size() - 1);
  }

  @Test
  void cut_passages_are_counted() {
    ExampleTokenizer examples =
        new ExampleTokenizer(
            tokenizer, Prompt.byId("paper"), Answers.YES_NO, encode("paper", 1000).length());
    Example longer = Example.yesNo("x:2", "is it", PASSAGE + " Or not.", true, "");
    List<TokenizedExample> encoded = examples.encode(List.of(EXAMPLE, longer, EXAMPLE));
    assertThat(encoded).extracting(TokenizedExample::id).containsExactly("x:1", "x:2", "x:1");
    assertThat(ExampleTokenizer.truncated(encoded)).isEqualTo(1);
  }

  @Test
  void examples_that_do_not_fit_without_their_passage_are_all_named() {
    int bare = tokenizer.encode(Prompt.byId("paper").text(EXAMPLE, "")).length;
    ExampleTokenizer examples =
        new ExampleTokenizer(tokenizer, Prompt.byId("paper"), Answers.YES_NO, bare + 1);
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
            () -> new ExampleTokenizer(tokenizer, Prompt.byId("paper"), Answers.YES_NO, 0))
        .hasMessageContaining("must be positive");
  }

  /** With the paper's prompt, 17 of BoolQ's training rows exceed 512 OPT tokens. */
  @Test
  @EnabledIfSystemProperty(
      named = "buckbench.boolq",
      matches = ".+",
      disabledReason = "needs BoolQ's files: fetch them, then -Dbuckbench.boolq=datasets/boolq")
  @EnabledIfSystemProperty(
      named = "buckbench.opt.tokenizer",
      matches = ".+",
      disabledReason = "needs OPT's vocab.json and merges.txt: -Dbuckbench.opt.tokenizer=DIR")
  void seventeen_published_training_passages_are_cut_under_the_published_vocabulary() {
    Path boolq = Path.of(System.getProperty("buckbench.boolq"));
    try (Tokenizer opt =
        Tokenizer.open(Path.of(System.getProperty("buckbench.opt.tokenizer")), TokenizerTest.OPT)) {
      ExampleTokenizer examples =
          new ExampleTokenizer(opt, Prompt.byId("paper"), Answers.YES_NO, 512 + 2);
      List<TokenizedExample> train = examples.encode(BoolQ.paper(boolq).train());
      assertThat(ExampleTokenizer.truncated(train)).isEqualTo(17);
      assertThat(train).allMatch(example -> example.length() <= 512 + 2);
      assertThat(train)
          .allMatch(example -> opt.decode(example.promptIds(), true).endsWith(" ### Answer:"));
    }
  }
}
