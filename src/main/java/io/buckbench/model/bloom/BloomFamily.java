package io.buckbench.model.bloom;

import io.buckbench.input.JsonObject;
import io.buckbench.model.Activation;
import io.buckbench.model.Architecture.TargetDefaults;
import io.buckbench.model.Shape;
import io.buckbench.model.blocks.BlockFamily;
import io.buckbench.model.blocks.Blueprint;
import io.buckbench.model.blocks.Blueprint.Block;
import io.buckbench.model.blocks.Blueprint.Dropout;
import io.buckbench.model.blocks.Blueprint.Fused;
import io.buckbench.model.blocks.Blueprint.Names;
import io.buckbench.model.blocks.Blueprint.Tokens;
import io.buckbench.model.blocks.ConfigKeys;
import io.buckbench.model.blocks.Part;
import io.buckbench.model.blocks.Part.Use;
import io.buckbench.model.blocks.Positions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** BLOOM, as Hugging Face's {@code BloomConfig} declares it. */
public final class BloomFamily extends BlockFamily {
  private static final List<Part> LAYER =
      List.of(
          Part.norm(Use.ATTENTION_NORM, "input_layernorm", true),
          Part.linear(Use.FUSED, "self_attention.query_key_value", true),
          Part.linear(Use.OUTPUT, "self_attention.dense", true),
          Part.norm(Use.FEED_FORWARD_NORM, "post_attention_layernorm", true),
          Part.linear(Use.UP, "mlp.dense_h_to_4h", true),
          Part.linear(Use.DOWN, "mlp.dense_4h_to_h", true));

  /**
   * The longest text. ALiBi has no limit and BLOOM's configuration names none; this is the length
   * of its pre-training, unless {@code seq_length} says another.
   */
  private static final int POSITIONS = 2048;

  /** Called by the service loader. */
  public BloomFamily() {
    super(
        "bloom",
        LAYER,
        new TargetDefaults(
            List.of("query_key_value"),
            List.of("query_key_value", "mlp.dense_4h_to_h"),
            List.of("mlp.dense_4h_to_h"),
            List.of("input_layernorm", "post_attention_layernorm", "ln_f")));
  }

  @Override
  protected Blueprint describe(ConfigKeys keys) {
    JsonObject json = keys.json();
    int hidden = keys.size("n_embed", "hidden_size");
    int layers = keys.size("n_layer", "num_hidden_layers");
    int heads = keys.size("n_head", "num_attention_heads");
    Tokens tokens = keys.tokens(false);
    Shape shape =
        new Shape(
            keys.size("vocab_size"),
            hidden,
            hidden,
            layers,
            heads,
            heads,
            hidden / Math.max(1, heads),
            4 * hidden,
            keys.size("seq_length", POSITIONS),
            keys.pad(tokens),
            ConfigKeys.end(tokens));
    boolean ofNorm = json.flag("apply_residual_connection_post_layernorm", false);
    return new Blueprint(
        shape,
        new Names(
            "transformer.word_embeddings.weight",
            "transformer.word_embeddings_layernorm",
            "transformer.h.",
            "transformer.ln_f",
            json.flag("tie_word_embeddings", true),
            "transformer.",
            Set.of(),
            Map.of()),
        LAYER,
        new Block(Fused.HEADS, false, Activation.GELU_TANH, false, ofNorm, 1, false),
        new Positions.Alibi(),
        Collections.nCopies(Math.max(0, layers), 0),
        json.number("layer_norm_epsilon", 1e-5),
        new Dropout(
            0,
            json.number("hidden_dropout", 0),
            json.number("attention_dropout", 0),
            List.of("hidden_dropout", "attention_dropout")),
        tokens,
        json.number("initializer_range", 0.02),
        targets());
  }
}
