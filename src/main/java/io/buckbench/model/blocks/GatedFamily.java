package io.buckbench.model.blocks;

import io.buckbench.input.JsonObject;
import io.buckbench.model.Activation;
import io.buckbench.model.Architecture.TargetDefaults;
import io.buckbench.model.Shape;
import io.buckbench.model.blocks.Blueprint.Block;
import io.buckbench.model.blocks.Blueprint.Dropout;
import io.buckbench.model.blocks.Blueprint.Names;
import io.buckbench.model.blocks.Blueprint.Tokens;
import io.buckbench.model.blocks.Part.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A family like LLaMA (Touvron et al. 2023, arXiv:2302.13971): root-mean-square norms, rotary
 * positions, a gated feed-forward block, grouped queries. Its families differ in biases, norms of
 * heads, windows and defaults.
 */
public abstract class GatedFamily extends BlockFamily {
  /**
   * What differs between the families.
   *
   * @param queryBias whether queries, keys and values have biases
   * @param outputBias whether attention's output has a bias
   * @param feedForwardBias whether the feed-forward block has biases
   * @param headNorms whether each head's queries and keys are normed
   */
  public record Variant(
      boolean queryBias, boolean outputBias, boolean feedForwardBias, boolean headNorms) {
    /** Without biases and norms of heads. */
    public static final Variant PLAIN = new Variant(false, false, false, false);

    List<Part> parts() {
      List<Part> all = new ArrayList<>();
      all.add(Part.linear(Use.QUERY, "self_attn.q_proj", queryBias));
      all.add(Part.linear(Use.KEY, "self_attn.k_proj", queryBias));
      all.add(Part.linear(Use.VALUE, "self_attn.v_proj", queryBias));
      all.add(Part.linear(Use.OUTPUT, "self_attn.o_proj", outputBias));
      if (headNorms) {
        all.add(Part.norm(Use.QUERY_NORM, "self_attn.q_norm", false));
        all.add(Part.norm(Use.KEY_NORM, "self_attn.k_norm", false));
      }
      all.add(Part.linear(Use.GATE, "mlp.gate_proj", feedForwardBias));
      all.add(Part.linear(Use.UP, "mlp.up_proj", feedForwardBias));
      all.add(Part.linear(Use.DOWN, "mlp.down_proj", feedForwardBias));
      all.add(Part.norm(Use.ATTENTION_NORM, "input_layernorm", false));
      all.add(Part.norm(Use.FEED_FORWARD_NORM, "post_attention_layernorm", false));
      return all;
    }
  }

  /**
   * @param ia3 PEFT's default targets of IA3 in attention
   * @param norms PEFT's default targets of layer-norm tuning
   */
  protected GatedFamily(String modelType, List<String> ia3, List<String> norms) {
    super(
        modelType,
        Variant.PLAIN.parts(),
        new TargetDefaults(
            List.of("q_proj", "v_proj"),
            List.of(ia3.get(0), ia3.get(1), "down_proj"),
            List.of("down_proj"),
            norms));
  }

  /** The norms of a layer and the last one. */
  protected static final List<String> ALL_NORMS =
      List.of("input_layernorm", "post_attention_layernorm", "norm");

  /** Reads what differs. */
  protected abstract Variant variant(ConfigKeys keys);

  /** The number of key heads if the file does not say it. */
  protected abstract int keyValueHeads(int heads);

  /** The features of a head if the file does not say it. */
  protected int headSize(int hidden, int heads) {
    return hidden / Math.max(1, heads);
  }

  /** The window of each layer; 0 for all keys. */
  protected List<Integer> windows(ConfigKeys keys, int layers) {
    return keys.windows(layers, 0, layers);
  }

  @Override
  protected final Blueprint describe(ConfigKeys keys) {
    JsonObject json = keys.json();
    int vocabulary = keys.size("vocab_size");
    int hidden = keys.size("hidden_size");
    int layers = keys.size("num_hidden_layers");
    int heads = keys.size("num_attention_heads");
    // A null means as many as query heads, an absent key the family's default.
    boolean given = json.has("num_key_value_heads");
    int keyHeads = keys.size("num_key_value_heads", given ? heads : keyValueHeads(heads));
    int size = keys.size("head_dim", headSize(hidden, heads));
    int inside = keys.size("intermediate_size");
    int positions = keys.size("max_position_embeddings");
    double attention = json.number("attention_dropout", 0);
    Tokens tokens = keys.tokens(true);
    Shape shape =
        new Shape(
            vocabulary,
            hidden,
            hidden,
            layers,
            heads,
            keyHeads,
            size,
            inside,
            positions,
            keys.pad(tokens),
            ConfigKeys.end(tokens));
    return new Blueprint(
        shape,
        new Names(
            "model.embed_tokens.weight",
            "",
            "model.layers.",
            "model.norm",
            json.flag("tie_word_embeddings", false),
            "model.",
            Set.of(".rotary_emb.inv_freq"),
            Map.of()),
        variant(keys).parts(),
        Block.sequential(Activation.read(json, "hidden_act", Activation.SILU)),
        new Positions.Rotary(keys.rotary(size, positions, "rope_theta", "", 1)),
        windows(keys, layers),
        json.number("rms_norm_eps", 1e-6),
        new Dropout(0, 0, attention, List.of("attention_dropout")),
        tokens,
        json.number("initializer_range", 0.02),
        targets());
  }
}
