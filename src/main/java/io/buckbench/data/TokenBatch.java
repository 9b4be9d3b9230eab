package io.buckbench.data;

/**
 * A padded batch as plain arrays, each of shape (batch, tokens).
 *
 * @param inputIds token ids, the pad id where the mask is 0
 * @param attentionMask 1 for a real token, 0 for padding, which may stand left or right
 * @param labels the token wanted at this place, {@link #IGNORED} where no loss is taken; the shift
 *     by one (position t predicts the label of t + 1) is the loss's, as in Hugging Face
 */
public record TokenBatch(long[][] inputIds, long[][] attentionMask, long[][] labels) {
  /** The label on which no loss is taken; the value of PyTorch's cross entropy. */
  public static final long IGNORED = -100;

  /** Rows. */
  public int size() {
    return inputIds.length;
  }

  /** Tokens in each row, padding included. */
  public int tokens() {
    return inputIds[0].length;
  }
}
