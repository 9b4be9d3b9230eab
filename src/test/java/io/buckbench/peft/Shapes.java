package io.buckbench.peft;

import io.buckbench.model.OptConfig;
import java.nio.file.Path;

/** Shapes of models that tests speak of. */
final class Shapes {
  static final OptConfig OPT_125M = published("opt-125m");
  static final OptConfig OPT_350M = published("opt-350m");

  /** Of opt-125m's kind, small enough for milliseconds. */
  static final OptConfig TINY_BEFORE = opt(48, 16, 2, 2, 24, 32, 16, true);

  /** Of opt-350m's kind: layer norms after, narrow embeddings. */
  static final OptConfig TINY_AFTER = opt(48, 16, 2, 2, 24, 32, 8, false);

  private Shapes() {}

  private static OptConfig published(String model) {
    return OptConfig.read(Path.of("benchmarks", "shapes", model, "config.json"));
  }

  private static OptConfig opt(
      int vocab, int hidden, int layers, int heads, int ffn, int n, int embed, boolean before) {
    return new OptConfig(
        vocab, hidden, layers, heads, ffn, n, embed, before, before, 0, 0, 0, 1, 2, 2, 0.2);
  }
}
