package io.buckbench.model;

import java.util.Optional;

/**
 * The places where an adapter acts on the decoder; each is empty by default.
 *
 * <p>The decoder calls the seams in each pass, inside a {@link io.buckbench.tensor.Scope} that
 * closes every array created there. A seam may keep only arrays created before the pass, such as
 * parameters and constants.
 */
public interface Seams {
  /**
   * The hook on a linear module, by its {@link LinearModule#index}; the head's is {@link
   * Architecture#headModule}'s.
   */
  default Optional<ProjectionHook> hook(int module) {
    return Optional.empty();
  }

  /** Rows before the token embeddings. */
  default Optional<VirtualTokens> virtualTokens() {
    return Optional.empty();
  }

  /** Keys and values before the computed ones. */
  default Optional<KeyValuePrefix> prefix() {
    return Optional.empty();
  }

  /**
   * Whether positions count padding, as when PEFT generates with virtual tokens. Then the answer to
   * a padded prompt depends on the padding, so this only serves to compare with PEFT.
   */
  default boolean positionsCountPadding() {
    return false;
  }

  /** The hook on the token embedding. */
  default Optional<EmbeddingHook> embedding() {
    return Optional.empty();
  }

  /**
   * The decoder that computes instead of the base model's: one with other weights, from {@link
   * CausalLM#decoder}.
   */
  default Optional<Decoder> decoder() {
    return Optional.empty();
  }

  /** No seams: the base model alone. */
  static Seams none() {
    return new Seams() {};
  }
}
