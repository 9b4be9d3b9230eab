package io.buckbench.data;

/**
 * A prompt with its wanted answer, as token ids.
 *
 * @param id the example's id
 * @param promptIds ids of the prompt, the beginning-of-sequence token in front
 * @param answerIds ids of the wanted answer, the end token behind; what the loss is taken on
 * @param truncatedTokens how many passage tokens were cut to fit
 */
public record TokenizedExample(String id, long[] promptIds, long[] answerIds, int truncatedTokens) {
  /** Tokens in prompt and answer together. */
  public int length() {
    return promptIds.length + answerIds.length;
  }
}
