package io.buckbench.peft;

import io.buckbench.model.Architecture;
import io.buckbench.model.TestModels;
import java.nio.file.Path;
import java.util.List;

/** Models for tests. */
final class Shapes {
  static final Architecture OPT_125M = published("opt-125m");
  static final Architecture OPT_350M = published("opt-350m");

  private static final Object[] SMALL = {
    "vocab_size", 48, "num_attention_heads", 2, "init_std", 0.2
  };

  /** A small model like opt-125m, for tests of milliseconds. */
  static final Architecture TINY_BEFORE = TestModels.opt(SMALL);

  /** A small model like opt-350m: layer norms after each block, narrow embeddings. */
  static final Architecture TINY_AFTER = TestModels.optAfter(SMALL);

  /** Both, and the toy family: grouped, rotary, gated, fused, without biases. */
  static final List<Architecture> TINY = List.of(TINY_BEFORE, TINY_AFTER, TestModels.toy(48));

  private Shapes() {}

  private static Architecture published(String model) {
    return Architecture.read(Path.of("benchmarks", "shapes", model));
  }
}
