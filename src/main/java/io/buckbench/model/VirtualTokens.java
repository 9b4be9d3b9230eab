package io.buckbench.model;

import ai.djl.ndarray.NDArray;

/**
 * The second seam, for prompt tuning and P-tuning: rows before the token embeddings of every
 * sequence, in the embedding space (in OPT before {@code project_in}). They lengthen mask and
 * labels and take the first positions.
 */
public interface VirtualTokens {
  /** The number of rows. */
  int count();

  /**
   * The rows, differentiable in training.
   *
   * @return (virtual tokens, embedding width)
   */
  NDArray embeddings(boolean training);
}
