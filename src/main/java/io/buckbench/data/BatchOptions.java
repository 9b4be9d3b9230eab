package io.buckbench.data;

/**
 * How training examples become batches; every field can change a result, so a row declares all.
 *
 * @param batchSize rows of a batch; an epoch's last batch may have fewer
 * @param seed of the order
 * @param padding where short rows are filled
 * @param labels what the loss is taken on
 * @param bucketBatches batches whose rows are sorted by length among themselves, to save padding; 1
 *     leaves the order wholly random
 */
public record BatchOptions(
    int batchSize, long seed, Side padding, Labels labels, int bucketBatches) {
  /** What the loss is taken on. */
  public enum Labels {
    /** The answer and its end token. */
    ANSWER,
    /**
     * Every real token but a row's first, which nothing stands in front of: with padding on the
     * left its label would be asked of a padding row.
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

  /** A wholly random order, padding right, the loss on the answer: Transformers' defaults. */
  public static BatchOptions of(int batchSize, long seed) {
    return new BatchOptions(batchSize, seed, Side.RIGHT, Labels.ANSWER, 1);
  }
}
