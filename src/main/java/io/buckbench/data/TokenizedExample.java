package io.buckbench.data;

import java.util.Arrays;

/**
 * A prompt and its expected answer as token ids.
 *
 * @param id the id of the example
 * @param promptIds ids of the prompt, beginning with the front token if the tokenizer has one
 * @param answerIds ids of the expected answer and the end token
 * @param truncatedTokens number of passage tokens that were cut
 * @param choices for a test item, ids of each answer of the data set after this prompt, without the
 *     end token; none for a training example
 */
public record TokenizedExample(
    String id, long[] promptIds, long[] answerIds, int truncatedTokens, long[][] choices) {
  private static final long[][] NO_CHOICES = {};

  /** A training example. */
  public TokenizedExample(String id, long[] promptIds, long[] answerIds, int truncatedTokens) {
    this(id, promptIds, answerIds, truncatedTokens, NO_CHOICES);
  }

  /** A copy with the first token of each choice, so that scoring takes no pass of its own. */
  public TokenizedExample withFirstTokens() {
    long[][] first =
        Arrays.stream(choices).map(choice -> new long[] {choice[0]}).toArray(long[][]::new);
    return new TokenizedExample(id, promptIds, answerIds, truncatedTokens, first);
  }

  /** The number of tokens of prompt and answer. */
  public int length() {
    return promptIds.length + answerIds.length;
  }
}
