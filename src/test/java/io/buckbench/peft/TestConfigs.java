package io.buckbench.peft;

import io.buckbench.peft.lntuning.LnTuningConfig;
import io.buckbench.peft.lora.LoraConfig;
import io.buckbench.peft.lora.LoraScale;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that fit every family. */
final class TestConfigs {
  private static final String EMBEDDING = ".*(tokens|wte|word_embeddings|embed_in)";
  private static final String QUERIES = ".*(q_proj|qkv|c_attn|query_key_value)";

  private TestConfigs() {}

  /** DoRA on nearly everything with a second rank and alpha, rank-stabilised, and every bias. */
  static LoraConfig decomposedWithBiases() {
    return new LoraConfig(
        targets(
            ".*(_proj|fc1|fc2|tokens|qkv|attn\\\\.out|gate|up|down|project_in"
                + "|query_key_value|dense|c_attn)"),
        new LoraScale(2, 2, Map.of("fc1|gate", 3.0), Map.of("q_proj|qkv", 5.0), true),
        0,
        LoraConfig.Init.KAIMING,
        true,
        TrainedBias.ALL);
  }

  /** LoRA on queries, token embedding and head. */
  static LoraConfig embeddingAndHead() {
    return new LoraConfig(
        targets("(lm_head|head|" + EMBEDDING + "|" + QUERIES + ")"),
        new LoraScale(2, 4, Map.of(), Map.of(), false),
        0,
        LoraConfig.Init.GAUSSIAN,
        false,
        TrainedBias.ONLY);
  }

  /**
   * LoRA on one layer, with the head and norms trained as a whole; GPT-2's norms have other names.
   */
  static LoraConfig withWholeModules() {
    return new LoraConfig(
        new Targets(
            Optional.of(TargetModules.matching(".*1\\." + QUERIES + "|" + EMBEDDING)),
            Optional.empty(),
            Optional.empty(),
            List.of("head", "norm")),
        new LoraScale(2, 4, Map.of(), Map.of(), false),
        0,
        LoraConfig.Init.KAIMING,
        false,
        TrainedBias.NONE);
  }

  /** Every norm. */
  static LnTuningConfig norms() {
    return new LnTuningConfig(targets(".*(norm|ln_1|ln_2|ln_f)"));
  }

  private static Targets targets(String expression) {
    return Targets.of(Optional.of(TargetModules.matching(expression)));
  }
}
