package io.buckbench.model.blocks;

/** How the order of tokens enters a model. */
public sealed interface Positions {
  /**
   * A trained table whose rows are added to the embeddings.
   *
   * @param table the name of its weight, (positions, hidden)
   */
  record Learned(String table) implements Positions {}

  /**
   * Rotated queries and keys.
   *
   * @param frequencies of the rotated features
   */
  record Rotary(RotaryFrequencies frequencies) implements Positions {}

  /** Attention scores that fall with distance, {@link AlibiSlopes}. */
  record Alibi() implements Positions {}
}
