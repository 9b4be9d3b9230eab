package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tokenizes examples within a maximum length. An example that is too long loses words at the end of
 * the field that its prompt names; other fields and the text of the prompt are never cut. The ids
 * are those of the shortened text, not a truncated list of ids.
 */
public final class ExampleTokenizer {
  private static final int MOST_PROBLEMS = 20;

  private final Tokenizer tokenizer;
  private final Prompt prompt;
  private final Answers answers;
  private final int maxTokens;

  /** With its end token. Every prompt leaves room for it, so that no length tells the answer. */
  private final int longestAnswer;

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
    this.longestAnswer =
        1
            + answers.words().stream()
                .mapToInt(word -> tokenizer.encodeContinuation(prompt.target(word)).length)
                .max()
                .orElse(0);
  }

  /**
   * Tokenizes examples, in their order.
   *
   * @throws InvalidInputException naming the examples, up to 20, that do not fit even without the
   *     field to cut
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
   * @throws InvalidInputException if it does not fit even without the field to cut
   */
  public TokenizedExample encode(Example example) {
    long[] target = tokenizer.encodeContinuation(prompt.target(answers.word(example.answer())));
    long[] answer = Arrays.copyOf(target, target.length + 1);
    answer[target.length] = tokenizer.endId();
    prompt.requireFields(example);
    long[] whole = tokenizer.encode(prompt.text(example));
    int room = maxTokens - longestAnswer;
    long[] fitting = whole.length <= room ? whole : shortened(example, room);
    return new TokenizedExample(example.id(), fitting, answer, whole.length - fitting.length);
  }

  /** The number of examples that lost part of a text. */
  public static long truncated(List<TokenizedExample> examples) {
    return examples.stream().filter(example -> example.truncatedTokens() > 0).count();
  }

  /**
   * The ids with as many words of the field to cut as fit. The tokenizer never joins letters across
   * a space, so more words give more tokens, and a binary search finds the maximum. If not even the
   * first word fits, as in a language without spaces, it is cut within that word.
   */
  private long[] shortened(Example example, int room) {
    String cut = prompt.cut();
    long[] none = cut.isEmpty() ? tokenizer.encode(prompt.text(example)) : ids(example, 0);
    if (none.length > room) {
      throw new InvalidInputException(
          example.id(),
          none.length
              + " tokens"
              + (cut.isEmpty() ? "" : " without its " + cut)
              + ", prompt "
              + prompt.id(),
          "at most " + room + ", since the answer takes the rest of " + maxTokens,
          "raise the maximum number of tokens, or remove the example");
    }
    String text = example.field(cut);
    int[] words = wordEnds(text);
    int fits = most(example, words, room);
    if (words[fits] == 0) {
      int[] letters = letterEnds(text, words.length > 1 ? words[1] : text.length());
      return ids(example, letters[most(example, letters, room)]);
    }
    return ids(example, words[fits]);
  }

  /** The index of the last of some lengths, in ascending order from 0, that fits. */
  private int most(Example example, int[] lengths, int room) {
    int fits = 0;
    int tooMany = lengths.length;
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) >>> 1;
      if (ids(example, lengths[middle]).length <= room) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return fits;
  }

  private long[] ids(Example example, int length) {
    return tokenizer.encode(prompt.text(example, text -> text.substring(0, length)));
  }

  /** 0 and the end offset of each word but the last, if nothing follows that. */
  private static int[] wordEnds(String text) {
    List<Integer> ends = new ArrayList<>();
    ends.add(0);
    boolean inWord = false;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      boolean space = Character.isWhitespace(text.codePointAt(at));
      if (space && inWord) {
        ends.add(at);
      }
      inWord = !space;
    }
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /** 0 and the end offset of each character before another offset. */
  private static int[] letterEnds(String text, int end) {
    return IntStream.concat(
            IntStream.of(0),
            IntStream.iterate(
                    0, at -> at < end, at -> at + Character.charCount(text.codePointAt(at)))
                .skip(1))
        .toArray();
  }
}
