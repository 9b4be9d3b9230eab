package io.buckbench.model.gpt2;

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

/** GPT-2, as Hugging Face's {@code GPT2Config} declares it. */
public final class Gpt2Family extends BlockFamily {
  private static final List<Part> LAYER =
      List.of(
          Part.norm(Use.ATTENTION_NORM, "ln_1", true),
          Part.linear(Use.FUSED, "attn.c_attn", true),
          Part.residual(Use.OUTPUT, "attn.c_proj", true),
          Part.norm(Use.FEED_FORWARD_NORM, "ln_2", true),
          Part.linear(Use.UP, "mlp.c_fc", true),
          Part.residual(Use.DOWN, "mlp.c_proj", true));

  /** Called by the service loader. */
  public Gpt2Family() {
    super(
        "gpt2",
        LAYER,
        new TargetDefaults(
            List.of("c_attn"),
            List.of("c_attn", "mlp.c_proj"),
            List.of("mlp.c_proj"),
            List.of("ln_1", "ln_2", "ln_f")));
  }

  @Override
  protected Blueprint describe(ConfigKeys keys) {
    JsonObject json = keys.json();
    int hidden = keys.size("n_embd", "hidden_size");
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
            keys.size("n_inner", 4 * hidden),
            keys.size("n_positions", "max_position_embeddings"),
            keys.pad(tokens),
            ConfigKeys.end(tokens));
    boolean scaled = json.flag("scale_attn_weights", true);
    Block block =
        new Block(
            Fused.PARTS,
            true,
            Activation.read(json, "activation_function", Activation.GELU_TANH),
            false,
            false,
            scaled ? 1 : Math.sqrt(shape.headSize()),
            json.flag("scale_attn_by_inverse_layer_idx", false));
    return new Blueprint(
        shape,
        new Names(
            "transformer.wte.weight",
            "",
            "transformer.h.",
            "transformer.ln_f",
            json.flag("tie_word_embeddings", true),
            "transformer.",
            Set.of(".attn.bias", ".attn.masked_bias"),
            Map.of()),
        LAYER,
        block,
        new Positions.Learned("transformer.wpe.weight"),
        Collections.nCopies(Math.max(0, layers), 0),
        json.number("layer_norm_epsilon", 1e-5),
        new Dropout(
            json.number("embd_pdrop", 0.1),
            json.number("resid_pdrop", 0.1),
            json.number("attn_pdrop", 0.1),
            List.of("embd_pdrop", "resid_pdrop", "attn_pdrop")),
        tokens,
        json.number("initializer_range", 0.02),
        targets());
  }

  @Override
  protected TokenizerClass.OfFamily tokenizerClass() {
    return new TokenizerClass.OfFamily(TokenizerClass.GPT2, false);
  }
}
