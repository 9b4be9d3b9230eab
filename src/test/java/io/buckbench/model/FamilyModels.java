package io.buckbench.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small models of the families beside OPT, for tests. */
public final class FamilyModels {
  private static final Object[] WIDE = {
    "vocab_size",
    48,
    "hidden_size",
    16,
    "num_hidden_layers",
    2,
    "num_attention_heads",
    2,
    "pad_token_id",
    1,
    "eos_token_id",
    2,
    "initializer_range",
    0.2
  };
  private static final Object[] GATED = {
    "num_key_value_heads", 1, "intermediate_size", 24, "max_position_embeddings", 32
  };

  private FamilyModels() {}

  /** A model of a family. Changes are alternating keys and values of {@code config.json}. */
  public static Architecture of(String type, Object... changes) {
    List<Object> keys = new ArrayList<>(List.of("model_type", type));
    keys.addAll(List.of(type.equals("gpt2") ? gpt2() : WIDE));
    switch (type) {
      case "gpt2", "bloom" -> {
        // Their sizes are those above.
      }
      case "gpt_neox" ->
          keys.addAll(
              List.of("rotary_pct", 0.5, "intermediate_size", 24, "max_position_embeddings", 32));
      default -> keys.addAll(List.of(GATED));
    }
    keys.addAll(Arrays.asList(changes)); // a value may be null
    return TestModels.of(keys.toArray());
  }

  /** A model of a family with null for one of its keys. */
  public static Architecture without(String key, String type, Object... changes) {
    Object[] all = Arrays.copyOf(changes, changes.length + 2);
    all[changes.length] = key;
    return of(type, all);
  }

  private static Object[] gpt2() {
    return new Object[] {
      "vocab_size",
      48,
      "n_embd",
      16,
      "n_layer",
      2,
      "n_head",
      2,
      "n_positions",
      32,
      "pad_token_id",
      1,
      "eos_token_id",
      2,
      "initializer_range",
      0.2,
      "resid_pdrop",
      0,
      "embd_pdrop",
      0,
      "attn_pdrop",
      0
    };
  }

  /** One model of each family, with a window, norms of heads, and both kinds of head. */
  public static List<Architecture> all() {
    return List.of(
        of("gpt2"),
        of("llama"),
        of("mistral", "sliding_window", 4),
        of("qwen2", "tie_word_embeddings", true),
        of("qwen3", "head_dim", 6, "attention_bias", true),
        of("bloom", "apply_residual_connection_post_layernorm", true),
        of("gpt_neox", "use_parallel_residual", true));
  }
}
