package io.buckbench.data;

/**
 * A prompt and its expected answer as token ids.
 *
 * @param id the id of the example
 * @param promptIds ids of the prompt, beginning with the front token if the tokenizer has one
 * @param answerIds ids of the expected answer and the end token
 * @param truncatedTokens number of passage tokens that were cut
 */
public record TokenizedExample(String id, long[] promptIds, long[] answerIds, int truncatedTokens) {
  /** The number of tokens of prompt and answer. */
  public int length() {
    return promptIds.length + answerIds.length;
  }
}
