package io.buckbench.model.opt;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.TokenizerClass;
import io.buckbench.data.TokenizerRules;
import io.buckbench.input.Problems;
import io.buckbench.model.Activation;
import io.buckbench.model.Architecture;
import io.buckbench.model.Architecture.Activations;
import io.buckbench.model.Architecture.StoredNames;
import io.buckbench.model.Architecture.TargetDefaults;
import io.buckbench.model.ConfigChecks;
import io.buckbench.model.Decoder;
import io.buckbench.model.LinearModule;
import io.buckbench.model.Shape;
import io.buckbench.model.WeightSpec;
import io.buckbench.model.Weights;
import io.buckbench.tensor.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An OPT decoder (Zhang et al. 2022, arXiv:2205.01068), as Hugging Face's {@code config.json}
 * declares it.
 *
 * @param shape the sizes and special tokens; where {@code embedding} differs from {@code hidden},
 *     {@code project_in} and {@code project_out} convert between the two
 * @param layerNormBefore layer norms before attention and feed-forward (opt-125m), not after them
 *     (opt-350m)
 * @param finalLayerNorm whether a layer norm follows the last layer
 * @param activation of the feed-forward block
 * @param biases whether linear modules have biases
 * @param normWeights whether norms have weights and biases
 * @param tied whether the head is the token embedding
 * @param dropout on the outputs of attention and feed-forward, in training
 * @param attentionDropout on attention probabilities, in training
 * @param layerDrop probability of skipping a layer, in training
 * @param bosId token at the start of every text
 * @param initStd standard deviation of initial weights
 */
record OptArchitecture(
    Shape shape,
    boolean layerNormBefore,
    boolean finalLayerNorm,
    Activation activation,
    boolean biases,
    boolean normWeights,
    boolean tied,
    double dropout,
    double attentionDropout,
    double layerDrop,
    int bosId,
    double initStd)
    implements Architecture {
  /** OPT's lines in peft/utils/constants.py. */
  static final TargetDefaults TARGETS =
      new TargetDefaults(
          List.of("q_proj", "v_proj"), List.of("q_proj", "k_proj", "fc2"), List.of("fc2"));

  /** Checks that sizes are positive, heads divide the width, and probabilities are below 1. */
  public OptArchitecture {
    Problems problems = new Problems();
    ConfigChecks.atLeastOne(problems, "vocab_size", shape.vocabulary());
    ConfigChecks.atLeastOne(problems, "hidden_size", shape.hidden());
    ConfigChecks.atLeastOne(problems, "num_hidden_layers", shape.layers());
    ConfigChecks.atLeastOne(problems, "num_attention_heads", shape.heads());
    ConfigChecks.atLeastOne(problems, "ffn_dim", shape.feedForward());
    ConfigChecks.atLeastOne(problems, "max_position_embeddings", shape.positions());
    ConfigChecks.atLeastOne(problems, "word_embed_proj_dim", shape.embedding());
    ConfigChecks.divides(problems, "num_attention_heads", shape.heads(), shape.hidden());
    ConfigChecks.probability(problems, "dropout", dropout);
    ConfigChecks.probability(problems, "attention_dropout", attentionDropout);
    ConfigChecks.probability(problems, "layerdrop", layerDrop);
    ConfigChecks.token(problems, "pad_token_id", shape.padId(), shape.vocabulary());
    ConfigChecks.token(problems, "bos_token_id", bosId, shape.vocabulary());
    ConfigChecks.token(problems, "eos_token_id", shape.eosId(), shape.vocabulary());
    problems.throwIfAny();
  }

  @Override
  public List<LinearModule> linearModules() {
    Stream<LinearModule> inLayers =
        IntStream.range(0, shape.layers())
            .boxed()
            .flatMap(layer -> Arrays.stream(OptModule.values()).map(m -> m.in(this, layer)));
    return Stream.concat(OptWeights.projections(shape).stream(), inLayers).toList();
  }

  @Override
  public List<WeightSpec> weights() {
    return OptWeights.of(this);
  }

  @Override
  public StoredNames storedNames() {
    return OptWeights.stored(this);
  }

  @Override
  public String tokenEmbedding() {
    return OptWeights.EMBED_TOKENS;
  }

  @Override
  public String head() {
    return tied ? OptWeights.EMBED_TOKENS : OptWeights.HEAD;
  }

  /** A key's bias adds a constant to all scores of a query, and softmax ignores constants. */
  @Override
  public boolean hasZeroGradient(String weight) {
    return weight.endsWith(OptModule.K_PROJ.moduleName() + ".bias");
  }

  @Override
  public int paddingIndex() {
    return shape.padId();
  }

  @Override
  public boolean dropsLayers() {
    return layerDrop > 0;
  }

  @Override
  public boolean derivesPositions() {
    return true;
  }

  /** Padding has a row of its own, before those of the positions. */
  @Override
  public long positionRow(long position) {
    return position + OptWeights.POSITION_OFFSET;
  }

  @Override
  public TargetDefaults targetDefaults() {
    return TARGETS;
  }

  /** {@code </s>} before every text, nothing after it. */
  @Override
  public TokenizerClass.OfFamily tokenizerClass() {
    return new TokenizerClass.OfFamily(TokenizerClass.GPT2, false);
  }

  @Override
  public Optional<TokenizerRules> tokenizerRules() {
    return Optional.of(new TokenizerRules("</s>", "<pad>", Optional.of("</s>")));
  }

  /**
   * Kept per token are the inputs of both layer norms; queries, keys and values; the output of
   * attention; the factors of dropout twice; and the activation's result for ReLU, else its input.
   * Attention keeps scores only if it drops some of them.
   */
  @Override
  public Activations activations() {
    return new Activations(
        (dropout > 0 ? 8L : 6L) * shape.hidden() + shape.feedForward(),
        3L * shape.hidden(),
        0,
        activation == Activation.RELU,
        attentionDropout > 0 ? 2 : 0,
        2L * shape.hidden() + 3L * shape.feedForward());
  }

  @Override
  public OptArchitecture withoutDropout() {
    return new OptArchitecture(
        shape,
        layerNormBefore,
        finalLayerNorm,
        activation,
        biases,
        normWeights,
        tied,
        0,
        0,
        0,
        bosId,
        initStd);
  }

  @Override
  public Decoder decoder(Weights weights, NDManager owner, Precision precision) {
    return new OptDecoder(this, weights, owner, precision);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("_remove_final_layer_norm", layerNormBefore && !finalLayerNorm);
    json.put("activation_function", activation.usualName());
    json.putArray("architectures").add("OPTForCausalLM");
    json.put("attention_dropout", attentionDropout);
    json.put("bos_token_id", bosId);
    json.put("do_layer_norm_before", layerNormBefore);
    json.put("dropout", dropout);
    json.put("enable_bias", biases);
    json.put("eos_token_id", shape.eosId());
    json.put("ffn_dim", shape.feedForward());
    json.put("hidden_size", shape.hidden());
    json.put("init_std", initStd);
    json.put("layer_norm_elementwise_affine", normWeights);
    json.put("layerdrop", layerDrop);
    json.put("max_position_embeddings", shape.positions());
    json.put("model_type", "opt");
    json.put("num_attention_heads", shape.heads());
    json.put("num_hidden_layers", shape.layers());
    json.put("pad_token_id", shape.padId());
    if (!tied) {
      json.put("tie_word_embeddings", false);
    }
    json.put("use_cache", true);
    json.put("vocab_size", shape.vocabulary());
    json.put("word_embed_proj_dim", shape.embedding());
    return json;
  }
}
