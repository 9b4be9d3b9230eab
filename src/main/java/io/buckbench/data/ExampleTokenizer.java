package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tokenizes examples within a maximum length. An example that is too long loses words at the end of
 * its passage; its question and the text of the prompt are never cut. The ids are those of the
 * shortened text, not a truncated list of ids.
 */
public final class ExampleTokenizer {
  private static final int MOST_PROBLEMS = 20;

  private final Tokenizer tokenizer;
  private final Prompt prompt;
  private final Answers answers;
  private final int maxTokens;

  /**
   * Creates a tokenizer of examples.
   *
   * @param answers the words of the answers
   * @param maxTokens maximum length of prompt and answer together, special tokens included
   */
  public ExampleTokenizer(Tokenizer tokenizer, Prompt prompt, Answers answers, int maxTokens) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens is " + maxTokens + ", must be positive");
    }
    this.tokenizer = tokenizer;
    this.prompt = prompt;
    this.answers = answers;
    this.maxTokens = maxTokens;
  }

  /**
   * Tokenizes examples, in their order.
   *
   * @throws InvalidInputException naming the examples, up to 20, that do not fit even without their
   *     passage
   */
  public List<TokenizedExample> encode(List<Example> examples) {
    List<TokenizedExample> encoded = new ArrayList<>(examples.size());
    List<Problem> problems = new ArrayList<>();
    for (Example example : examples) {
      try {
        encoded.add(encode(example));
      } catch (InvalidInputException e) {
        problems.addAll(e.problems());
        if (problems.size() == MOST_PROBLEMS) {
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
   * Tokenizes one example.
   *
   * @throws InvalidInputException if it does not fit even without its passage
   */
  public TokenizedExample encode(Example example) {
    long[] target = tokenizer.encodeContinuation(Prompt.target(answers.word(example.answer())));
    long[] answer = Arrays.copyOf(target, target.length + 1);
    answer[target.length] = tokenizer.endId();
    long[] whole = tokenizer.encode(prompt.text(example));
    int room = maxTokens - answer.length;
    long[] fitting = whole.length <= room ? whole : shortened(example, room);
    return new TokenizedExample(example.id(), fitting, answer, whole.length - fitting.length);
  }

  /** The number of examples that lost part of their passage. */
  public static long truncated(List<TokenizedExample> examples) {
    return examples.stream().filter(example -> example.truncatedTokens() > 0).count();
  }

  /**
   * The ids with as many words of the passage as fit. The tokenizer never joins letters across a
   * space, so more words give more tokens, and a binary search finds the maximum.
   */
  private long[] shortened(Example example, int room) {
    int[] cuts = cuts(example.field(Example.PASSAGE));
    long[] best = ids(example, 0);
    if (best.length > room) {
      throw new InvalidInputException(
          example.id(),
          best.length + " tokens without its passage, prompt " + prompt.id(),
          "at most " + room + ", since the answer takes the rest of " + maxTokens,
          "raise the maximum number of tokens, or remove the example");
    }
    int fits = 0;
    int tooMany = cuts.length;
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) >>> 1;
      long[] ids = ids(example, cuts[middle]);
      if (ids.length <= room) {
        fits = middle;
        best = ids;
      } else {
        tooMany = middle;
      }
    }
    return best;
  }

  private long[] ids(Example example, int passageLength) {
    return tokenizer.encode(
        prompt.text(example, example.field(Example.PASSAGE).substring(0, passageLength)));
  }

  /** 0 and the end offset of each word. */
  private static int[] cuts(String passage) {
    List<Integer> cuts = new ArrayList<>();
    cuts.add(0);
    boolean inWord = false;
    for (int at = 0; at < passage.length(); at += Character.charCount(passage.codePointAt(at))) {
      boolean space = Character.isWhitespace(passage.codePointAt(at));
      if (space && inWord) {
        cuts.add(at);
      }
      inWord = !space;
    }
    return cuts.stream().mapToInt(Integer::intValue).toArray();
  }
}
