package io.buckbench.model;

import ai.djl.ndarray.NDArray;

/**
 * The second seam: rows put before the token embeddings of every sequence, in the embedding space
 * (before {@code project_in}). They lengthen mask and labels and take the first positions. ->
 * prompt tuning, P-tuning.
 */
public interface VirtualTokens {
  /** How many rows. */
  int count();

  /**
   * The rows, differentiable when training.
   *
   * @return (virtual tokens, word embedding width)
   */
  NDArray embeddings(boolean training);
}
