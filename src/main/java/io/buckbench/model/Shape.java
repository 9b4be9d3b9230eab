package io.buckbench.model;

/**
 * The sizes and special tokens that every decoder family has.
 *
 * @param vocabulary rows of the token embedding
 * @param hidden width of the residual stream
 * @param embedding width of the token embedding and of virtual tokens
 * @param layers number of decoder layers
 * @param heads query heads per layer
 * @param keyValueHeads key and value heads per layer; fewer than {@code heads} for grouped queries
 * @param headSize width of one head
 * @param feedForward width inside the feed-forward block
 * @param positions length of the longest sequence
 * @param padId token for padding
 * @param eosId token that ends an answer
 */
public record Shape(
    int vocabulary,
    int hidden,
    int embedding,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int feedForward,
    int positions,
    int padId,
    int eosId) {

  /** The width of a layer's keys, and of its values. */
  public int keyValueWidth() {
    return keyValueHeads * headSize;
  }
}
