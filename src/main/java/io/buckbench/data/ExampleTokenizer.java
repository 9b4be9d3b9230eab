package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tokenizes examples within a maximum length. An example that is too long loses words at the end of
 * the field that its prompt names; other fields and the text of the prompt are never cut. The ids
 * are those of the shortened text, not a truncated list of ids. The ids of an answer are those of
 * prompt and answer together less those of the prompt.
 */
public final class ExampleTokenizer {
  private static final int MOST_PROBLEMS = 20;

  private final Tokenizer tokenizer;
  private final Prompt prompt;
  private final PromptText texts;
  private final Answers answers;
  private final int maxTokens;

  /** With its end token. Every prompt leaves room for it, so that no length tells the answer. */
  private int longestAnswer;

  /** The ids of the answers after the last item; most items share them. */
  private long[][] lastChoices = {};

  /**
   * Creates a tokenizer of examples.
   *
   * @param answers the words of the answers
   * @param maxTokens maximum length of prompt and answer together, special tokens included
   */
  public ExampleTokenizer(Tokenizer tokenizer, Prompt prompt, Answers answers, int maxTokens) {
    this(tokenizer, prompt, answers, maxTokens, List.of(), Optional.empty());
  }

  /**
   * Creates a tokenizer of examples that are shown after others with their answers.
   *
   * @param shots the others, separated by an empty line as in EleutherAI's lm-evaluation-harness;
   *     they are never cut
   * @param chat the template in which all of this is the user's message; an answer then follows
   *     without white space
   */
  public ExampleTokenizer(
      Tokenizer tokenizer,
      Prompt prompt,
      Answers answers,
      int maxTokens,
      List<Example> shots,
      Optional<ChatTemplate> chat) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens is " + maxTokens + ", must be positive");
    }
    this.tokenizer = chat.isPresent() ? tokenizer.withoutFront() : tokenizer;
    this.prompt = prompt;
    this.answers = answers;
    this.maxTokens = maxTokens;
    this.texts = new PromptText(this.tokenizer, prompt, answers, shots, chat);
    this.longestAnswer =
        1
            + answers.words().stream()
                .mapToInt(word -> tokenizer.encodeContinuation(texts.target(word)).length)
                .max()
                .orElse(0);
  }

  /**
   * Tokenizes examples to train on, in their order.
   *
   * @throws InvalidInputException naming the examples, up to 20, that do not fit even without the
   *     field to cut, and those whose prompt and answer meet within a token
   */
  public List<TokenizedExample> encode(List<Example> examples) {
    return each(examples, this::encode);
  }

  /**
   * Tokenizes test items with all answers, in their order.
   *
   * @throws InvalidInputException as {@link #encode(List)}; also for answers that have the same
   *     tokens
   */
  public List<TokenizedExample> ask(List<Example> items) {
    return each(items, this::ask);
  }

  private static List<TokenizedExample> each(
      List<Example> examples, Function<Example, TokenizedExample> tokenize) {
    List<TokenizedExample> encoded = new ArrayList<>(examples.size());
    List<Problem> problems = new ArrayList<>();
    for (Example example : examples) {
      try {
        encoded.add(tokenize.apply(example));
      } catch (InvalidInputException e) {
        problems.addAll(e.problems());
        if (problems.size() >= MOST_PROBLEMS) {
          break;
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return List.copyOf(encoded);
  }

  /**
   * Tokenizes one example to train on.
   *
   * @throws InvalidInputException if it does not fit even without the field to cut, or its prompt
   *     and answer meet within a token
   */
  public TokenizedExample encode(Example example) {
    Fitted fitted = fitted(example, List.of(answers.word(example.answer())));
    return new TokenizedExample(
        example.id(), fitted.ids(), ended(fitted.answers()[0]), fitted.cut());
  }

  /** Tokenizes one test item with all answers. */
  private TokenizedExample ask(Example item) {
    Fitted fitted = fitted(item, answers.words());
    if (!Arrays.deepEquals(lastChoices, fitted.answers())) {
      requireDistinct(item, fitted.answers());
      lastChoices = fitted.answers();
    }
    return new TokenizedExample(
        item.id(), fitted.ids(), ended(lastChoices[item.answer()]), fitted.cut(), lastChoices);
  }

  /**
   * The answers without a question: after the front token alone, or the end token if the tokenizer
   * has no front token.
   */
  public List<TokenizedExample> alone() {
    long[] front = tokenizer.encode("");
    long[] start = front.length == 0 ? new long[] {tokenizer.endId()} : front;
    return answers.words().stream()
        .map(
            word ->
                new TokenizedExample(
                    word, start, tokenizer.encodeContinuation(texts.target(word)), 0))
        .toList();
  }

  /**
   * A prompt that fits.
   *
   * @param cut number of tokens that were cut
   * @param answers ids of some answers after it, without the end token
   */
  private record Fitted(long[] ids, int cut, long[][] answers) {}

  private Fitted fitted(Example example, List<String> words) {
    prompt.requireFields(example);
    String whole = texts.whole(example);
    long[] ids = tokenizer.encode(whole);
    while (true) {
      int room = maxTokens - longestAnswer;
      String text = ids.length <= room ? whole : texts.shortened(example, room, maxTokens);
      long[] fitting = ids.length <= room ? ids : tokenizer.encode(text);
      long[][] after =
          words.stream().map(word -> after(example, text, fitting, word)).toArray(long[][]::new);
      int longest = 1 + Arrays.stream(after).mapToInt(answer -> answer.length).max().orElse(0);
      if (fitting.length + longest <= maxTokens) {
        return new Fitted(fitting, ids.length - fitting.length, after);
      }
      // An answer is longer after this prompt than on its own.
      longestAnswer = longest;
    }
  }

  private long[] after(Example example, String text, long[] ids, String word) {
    try {
      return tokenizer.encodeAfter(text, ids, texts.target(word));
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          e.problems().stream()
              .map(
                  p ->
                      new Problem(
                          example.id() + ", prompt " + prompt.id() + ", " + p.where(),
                          p.found(),
                          p.expected(),
                          p.todo()))
              .toList());
    }
  }

  private long[] ended(long[] answer) {
    long[] ended = Arrays.copyOf(answer, answer.length + 1);
    ended[answer.length] = tokenizer.endId();
    return ended;
  }

  private void requireDistinct(Example item, long[][] choices) {
    for (int answer = 0; answer < choices.length; answer++) {
      int first = 0;
      while (!Arrays.equals(choices[first], choices[answer])) {
        first++;
      }
      if (choices[answer].length == 0 || first < answer) {
        throw new InvalidInputException(
            item.id() + ", the answer '" + answers.word(answer) + "'",
            choices[answer].length == 0
                ? "no token"
                : "the tokens of the answer '" + answers.word(first) + "'",
            "tokens of its own, whose likelihood is that of the answer",
            "use other words in column answers of datasets.csv, or another model");
      }
    }
  }

  /** The number of examples that lost part of a text. */
  public static long truncated(List<TokenizedExample> examples) {
    return examples.stream().filter(example -> example.truncatedTokens() > 0).count();
  }
}
