package io.buckbench.data;

/**
 * How training examples are arranged in batches. Every field can change a result, so a
 * configuration declares all of them.
 *
 * @param batchSize rows of a batch; the last batch of an epoch may have fewer
 * @param seed seed of the order
 * @param padding the side on which short rows are padded
 * @param labels the tokens on which the loss is computed
 * @param bucketBatches number of batches whose rows are sorted by length together, to save padding;
 *     1 for a fully random order
 */
public record BatchOptions(
    int batchSize, long seed, Side padding, Labels labels, int bucketBatches) {
  /** The tokens on which the loss is computed. */
  public enum Labels {
    /** The answer and its end token. */
    ANSWER,
    /**
     * Every token of a row except padding and the first token, which no token precedes: with
     * padding on the left, it would be predicted from padding.
     */
    SEQUENCE
  }

  /** Checks the counts. */
  public BatchOptions {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize is " + batchSize + ", must be positive");
    }
    if (bucketBatches < 1) {
      throw new IllegalArgumentException(
          "bucketBatches is " + bucketBatches + ", must be positive (1 for none)");
    }
  }

  /** Fully random order, padding on the right and loss on the answer: Transformers' defaults. */
  public static BatchOptions of(int batchSize, long seed) {
    return new BatchOptions(batchSize, seed, Side.RIGHT, Labels.ANSWER, 1);
  }
}
