package io.buckbench.data;

import java.util.Arrays;

/**
 * A padded batch as Java arrays, each of shape (batch, tokens).
 *
 * @param inputIds token ids; the pad id where the mask is 0
 * @param attentionMask 1 for a token, 0 for padding on either side
 * @param labels the expected token at each position, or {@link #IGNORED}; the loss shifts them by
 *     one (position t predicts the label of t + 1), as in Hugging Face
 */
public record TokenBatch(long[][] inputIds, long[][] attentionMask, long[][] labels) {
  /** The label of positions without loss: the default of PyTorch's cross entropy. */
  public static final long IGNORED = -100;

  /** A batch of padding only, without labels. */
  public static TokenBatch padding(int rows, int tokens, long padId) {
    TokenBatch batch =
        new TokenBatch(new long[rows][tokens], new long[rows][tokens], new long[rows][tokens]);
    for (int row = 0; row < rows; row++) {
      Arrays.fill(batch.inputIds[row], padId);
      Arrays.fill(batch.labels[row], IGNORED);
    }
    return batch;
  }

  /** The number of rows. */
  public int size() {
    return inputIds.length;
  }

  /** The number of tokens in each row, padding included. */
  public int tokens() {
    return inputIds[0].length;
  }
}
