package io.buckbench.model;

/**
 * The sizes of a decoder that others ask for, whatever its family.
 *
 * @param vocabulary rows of the token embedding
 * @param hidden width of the residual stream
 * @param embedding width of the token embedding, where virtual tokens enter
 * @param layers decoder layers
 * @param heads query heads of a layer
 * @param keyValueHeads key and value heads of a layer; fewer than {@code heads} where queries are
 *     grouped
 * @param headSize width of one head
 * @param feedForward width inside the feed-forward block
 * @param positions longest sequence
 * @param padId token that fills a batch
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

  /** Width of a layer's keys, and of its values. */
  public int keyValueWidth() {
    return keyValueHeads * headSize;
  }
}
