package io.buckbench.model;

import java.util.Optional;

/**
 * Where an adapter enters the decoder; every seam is empty unless the adapter fills it.
 *
 * <p>The decoder calls the seams anew in each pass, inside a {@link io.buckbench.tensor.Scope} that
 * closes whatever array they make. So a seam makes what it needs at each call and keeps only what
 * it made before: parameters and constants.
 */
public interface Seams {
  /** The hook on a linear module, by its {@link LinearModule#index}. */
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

  /** Nothing hooked: the model as Hugging Face has it. */
  static Seams none() {
    return new Seams() {};
  }
}
