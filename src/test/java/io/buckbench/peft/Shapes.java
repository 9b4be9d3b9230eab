package io.buckbench.peft;

import io.buckbench.model.OptConfig;

/** Shapes of models that tests speak of. */
final class Shapes {
  static final OptConfig OPT_125M = opt(50272, 768, 12, 12, 3072, 2048, 768, true);
  static final OptConfig OPT_350M = opt(50272, 1024, 24, 16, 4096, 2048, 512, false);

  /** Of opt-125m's kind, small enough for milliseconds. */
  static final OptConfig TINY_BEFORE = opt(48, 16, 2, 2, 24, 32, 16, true);

  /** Of opt-350m's kind: layer norms after, narrow embeddings. */
  static final OptConfig TINY_AFTER = opt(48, 16, 2, 2, 24, 32, 8, false);

  private Shapes() {}

  private static OptConfig opt(
      int vocab, int hidden, int layers, int heads, int ffn, int n, int embed, boolean before) {
    return new OptConfig(
        vocab, hidden, layers, heads, ffn, n, embed, before, before, 0, 0, 0, 1, 2, 2, 0.2);
  }
}
