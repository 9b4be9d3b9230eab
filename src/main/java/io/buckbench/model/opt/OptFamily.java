package io.buckbench.model.opt;

import io.buckbench.input.JsonObject;
import io.buckbench.model.Activation;
import io.buckbench.model.Architecture;
import io.buckbench.model.Family;
import io.buckbench.model.Shape;
import java.util.List;

/** OPT, as Hugging Face's {@code OPTConfig} declares it. */
public final class OptFamily implements Family {
  @Override
  public String modelType() {
    return "opt";
  }

  /**
   * {@inheritDoc} Missing keys take the defaults of {@code OPTConfig}; the sizes that determine the
   * model's shape are required.
   */
  @Override
  public Architecture read(JsonObject keys) {
    int hidden = keys.requiredInteger("hidden_size");
    boolean before = keys.flag("do_layer_norm_before", true);
    Activation activation = Activation.read(keys, "activation_function", Activation.RELU);
    boolean biases = keys.flag("enable_bias", true);
    boolean normWeights = keys.flag("layer_norm_elementwise_affine", true);
    boolean tied = keys.flag("tie_word_embeddings", true);
    int vocab = keys.requiredInteger("vocab_size");
    int layers = keys.requiredInteger("num_hidden_layers");
    int heads = keys.requiredInteger("num_attention_heads");
    int head = hidden / Math.max(1, heads);
    int ffn = keys.requiredInteger("ffn_dim");
    int positions = keys.requiredInteger("max_position_embeddings");
    int embed = keys.integer("word_embed_proj_dim").orElse(hidden);
    boolean last = before && !keys.flag("_remove_final_layer_norm", false);
    double dropout = keys.number("dropout", 0.1);
    double attention = keys.number("attention_dropout", 0.0);
    double layer = keys.number("layerdrop", 0.0);
    int pad = keys.integer("pad_token_id").orElse(1);
    int bos = keys.integer("bos_token_id").orElse(2);
    int eos = keys.integer("eos_token_id").orElse(2);
    double std = keys.number("init_std", 0.02);
    keys.throwIfAny();
    Shape shape =
        keys.build(
            () ->
                new Shape(
                    vocab, hidden, embed, layers, heads, heads, head, ffn, positions, pad, eos));
    return keys.build(
        () ->
            new OptArchitecture(
                shape,
                before,
                last,
                activation,
                biases,
                normWeights,
                tied,
                dropout,
                attention,
                layer,
                bos,
                std));
  }

  @Override
  public List<String> ia3FeedForward() {
    return OptArchitecture.TARGETS.ia3FeedForward();
  }

  @Override
  public List<String> publishedFiles() {
    return List.of("config.json", "pytorch_model.bin", "vocab.json", "merges.txt");
  }
}
