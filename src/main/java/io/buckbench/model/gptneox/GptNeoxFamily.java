package io.buckbench.model.gptneox;

import io.buckbench.data.TokenizerClass;
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

/** GPT-NeoX and Pythia, as Hugging Face's {@code GPTNeoXConfig} declares them. */
public final class GptNeoxFamily extends BlockFamily {
  /** Called by the service loader. */
  public GptNeoxFamily() {
    super(
        "gpt_neox",
        layer(true),
        new TargetDefaults(
            List.of("query_key_value"),
            List.of("query_key_value", "dense_4h_to_h"),
            List.of("dense_4h_to_h")));
  }

  private static List<Part> layer(boolean attentionBias) {
    return List.of(
        Part.norm(Use.ATTENTION_NORM, "input_layernorm", true),
        Part.norm(Use.FEED_FORWARD_NORM, "post_attention_layernorm", true),
        Part.linear(Use.FUSED, "attention.query_key_value", attentionBias),
        Part.linear(Use.OUTPUT, "attention.dense", attentionBias),
        Part.linear(Use.UP, "mlp.dense_h_to_4h", true),
        Part.linear(Use.DOWN, "mlp.dense_4h_to_h", true));
  }

  @Override
  protected Blueprint describe(ConfigKeys keys) {
    JsonObject json = keys.json();
    int hidden = keys.size("hidden_size");
    int layers = keys.size("num_hidden_layers");
    int heads = keys.size("num_attention_heads");
    int size = hidden / Math.max(1, heads);
    int positions = keys.size("max_position_embeddings");
    Tokens tokens = keys.tokens(false);
    Shape shape =
        new Shape(
            keys.size("vocab_size"),
            hidden,
            hidden,
            layers,
            heads,
            heads,
            size,
            keys.size("intermediate_size"),
            positions,
            keys.pad(tokens),
            ConfigKeys.end(tokens));
    boolean parallel = json.flag("use_parallel_residual", true);
    Activation activation = Activation.read(json, "hidden_act", Activation.GELU);
    double hiddenDropout = json.number("hidden_dropout", 0);
    return new Blueprint(
        shape,
        new Names(
            "gpt_neox.embed_in.weight",
            "",
            "gpt_neox.layers.",
            "gpt_neox.final_layer_norm",
            json.flag("tie_word_embeddings", false),
            "gpt_neox.",
            Set.of(".attention.bias", ".attention.masked_bias", ".attention.rotary_emb.inv_freq"),
            Map.of("embed_out.weight", "lm_head.weight")),
        layer(json.flag("attention_bias", true)),
        new Block(Fused.HEADS, false, activation, parallel, false, 1, false),
        new Positions.Rotary(keys.rotary(size, positions, "rotary_emb_base", "rotary_pct", 0.25)),
        Collections.nCopies(Math.max(0, layers), 0),
        json.number("layer_norm_eps", 1e-5),
        new Dropout(
            hiddenDropout,
            hiddenDropout,
            json.number("attention_dropout", 0),
            List.of("hidden_dropout", "attention_dropout")),
        tokens,
        json.number("initializer_range", 0.02),
        targets());
  }

  @Override
  protected TokenizerClass.OfFamily tokenizerClass() {
    return new TokenizerClass.OfFamily(TokenizerClass.GPT_NEOX, false);
  }
}
