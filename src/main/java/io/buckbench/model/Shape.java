package io.buckbench.model;

import io.buckbench.input.Problems;

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
  private static final int MOST_LAYERS = 10_000;
  private static final int MOST_WIDTH = 1 << 20;
  private static final int MOST_ROWS = 1 << 24;

  /**
   * Refuses sizes far beyond those of any published model, before anything is done for each layer.
   *
   * @throws InvalidInputException with every size that is too large
   */
  public Shape {
    Problems problems = new Problems();
    atMost(problems, "number of layers", layers, MOST_LAYERS);
    atMost(problems, "width", hidden, MOST_WIDTH);
    atMost(problems, "width of the embedding", embedding, MOST_WIDTH);
    atMost(problems, "number of heads", heads, MOST_WIDTH);
    atMost(problems, "number of key and value heads", keyValueHeads, MOST_WIDTH);
    atMost(problems, "size of a head", headSize, MOST_WIDTH);
    atMost(problems, "width of the feed-forward block", feedForward, MOST_ROWS);
    atMost(problems, "vocabulary", vocabulary, MOST_ROWS);
    atMost(problems, "longest sequence", positions, MOST_ROWS);
    problems.throwIfAny();
  }

  private static void atMost(Problems problems, String what, int found, int most) {
    if (found > most) {
      problems.add(what, found + "", "at most " + most, "use the model's own config.json");
    }
  }

  /** The width of a layer's keys, and of its values. */
  public int keyValueWidth() {
    return keyValueHeads * headSize;
  }
}
