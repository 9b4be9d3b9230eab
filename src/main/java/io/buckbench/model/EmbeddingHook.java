package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/** The fourth seam, for LoRA on the token embedding: changes the rows that a batch looks up. */
public interface EmbeddingHook {
  /**
   * Replaces the looked up rows.
   *
   * @param words (tokens, embedding width) float32
   * @param lookUp looks up the batch's tokens in another table, (vocabulary, width), as in the
   *     token embedding: the padding token's row gets no gradient
   * @return (tokens, embedding width)
   */
  NDArray output(NDArray words, UnaryOperator<NDArray> lookUp);
}
