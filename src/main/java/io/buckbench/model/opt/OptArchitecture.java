package io.buckbench.model.opt;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.TokenizerRules;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.Architecture.Activations;
import io.buckbench.model.Architecture.StoredNames;
import io.buckbench.model.Architecture.TargetDefaults;
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

/**
 * An OPT decoder (Zhang et al. 2022, arXiv:2205.01068), as Hugging Face's {@code config.json}
 * declares it.
 *
 * @param vocabSize rows of the token embedding and of the head tied to it
 * @param hiddenSize width of the residual stream
 * @param layers decoder layers
 * @param heads attention heads
 * @param ffnDim width of the feed-forward's middle
 * @param maxPositions longest sequence; the position table has two rows more
 * @param wordEmbedProjDim width of the token embedding; where it is not the hidden size, {@code
 *     project_in} and {@code project_out} are between
 * @param layerNormBefore before attention and feed-forward (opt-125m), or after (opt-350m)
 * @param finalLayerNorm whether a layer norm follows the last layer
 * @param dropout on what attention and feed-forward add to the residual stream, in training
 * @param attentionDropout on attention probabilities, in training
 * @param layerDrop probability that a layer is left out, in training
 * @param padId token that fills a batch
 * @param bosId token put in front
 * @param eosId token that ends an answer
 * @param initStd standard deviation of fresh weights
 */
record OptArchitecture(
    int vocabSize,
    int hiddenSize,
    int layers,
    int heads,
    int ffnDim,
    int maxPositions,
    int wordEmbedProjDim,
    boolean layerNormBefore,
    boolean finalLayerNorm,
    double dropout,
    double attentionDropout,
    double layerDrop,
    int padId,
    int bosId,
    int eosId,
    double initStd)
    implements Architecture {
  /** OPT's lines in peft/utils/constants.py. */
  static final TargetDefaults TARGETS =
      new TargetDefaults(
          List.of("q_proj", "v_proj"), List.of("q_proj", "k_proj", "fc2"), List.of("fc2"));

  /** Refuses sizes below one, heads that do not divide the width, and improbable probabilities. */
  public OptArchitecture {
    Problems problems = new Problems();
    atLeastOne(problems, "vocab_size", vocabSize);
    atLeastOne(problems, "hidden_size", hiddenSize);
    atLeastOne(problems, "num_hidden_layers", layers);
    atLeastOne(problems, "num_attention_heads", heads);
    atLeastOne(problems, "ffn_dim", ffnDim);
    atLeastOne(problems, "max_position_embeddings", maxPositions);
    atLeastOne(problems, "word_embed_proj_dim", wordEmbedProjDim);
    if (heads > 0 && hiddenSize % heads != 0) {
      problems.add("num_attention_heads", heads + "", "a divisor of " + hiddenSize, "correct it");
    }
    probability(problems, "dropout", dropout);
    probability(problems, "attention_dropout", attentionDropout);
    probability(problems, "layerdrop", layerDrop);
    token(problems, "pad_token_id", padId, vocabSize);
    token(problems, "bos_token_id", bosId, vocabSize);
    token(problems, "eos_token_id", eosId, vocabSize);
    problems.throwIfAny();
  }

  @Override
  public Shape shape() {
    return new Shape(
        vocabSize,
        hiddenSize,
        wordEmbedProjDim,
        layers,
        heads,
        heads,
        hiddenSize / heads,
        ffnDim,
        maxPositions,
        padId,
        eosId);
  }

  @Override
  public List<LinearModule> linearModules() {
    return IntStream.range(0, layers)
        .boxed()
        .flatMap(layer -> Arrays.stream(OptModule.values()).map(m -> m.in(this, layer)))
        .toList();
  }

  @Override
  public List<WeightSpec> weights() {
    return OptWeights.of(this);
  }

  @Override
  public StoredNames storedNames() {
    return OptWeights.STORED;
  }

  @Override
  public String tokenEmbedding() {
    return OptWeights.EMBED_TOKENS;
  }

  @Override
  public String head() {
    return OptWeights.EMBED_TOKENS;
  }

  /** A key's bias adds the same to every score of a query, which softmax does not see. */
  @Override
  public boolean hasZeroGradient(String weight) {
    return weight.endsWith(OptModule.K_PROJ.moduleName() + ".bias");
  }

  @Override
  public TargetDefaults targetDefaults() {
    return TARGETS;
  }

  /** {@code </s>} before every text and nothing after it. */
  @Override
  public TokenizerRules tokenizerRules() {
    return new TokenizerRules("</s>", "<pad>", Optional.of("</s>"));
  }

  /**
   * Twelve widths: two inputs of layer norms, queries, keys and values as the products copy them,
   * two masks of dropout, up to three inputs of trained projections, and two more that the
   * allocator was measured to hold.
   */
  @Override
  public Activations activations() {
    return new Activations(12L * hiddenSize + ffnDim, 2, 2L * ffnDim);
  }

  /** Whether {@code project_in} and {@code project_out} are before and after the layers. */
  boolean projects() {
    return wordEmbedProjDim != hiddenSize;
  }

  @Override
  public OptArchitecture withoutDropout() {
    return new OptArchitecture(
        vocabSize,
        hiddenSize,
        layers,
        heads,
        ffnDim,
        maxPositions,
        wordEmbedProjDim,
        layerNormBefore,
        finalLayerNorm,
        0,
        0,
        0,
        padId,
        bosId,
        eosId,
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
    json.put("activation_function", "relu");
    json.putArray("architectures").add("OPTForCausalLM");
    json.put("attention_dropout", attentionDropout);
    json.put("bos_token_id", bosId);
    json.put("do_layer_norm_before", layerNormBefore);
    json.put("dropout", dropout);
    json.put("enable_bias", true);
    json.put("eos_token_id", eosId);
    json.put("ffn_dim", ffnDim);
    json.put("hidden_size", hiddenSize);
    json.put("init_std", initStd);
    json.put("layer_norm_elementwise_affine", true);
    json.put("layerdrop", layerDrop);
    json.put("max_position_embeddings", maxPositions);
    json.put("model_type", "opt");
    json.put("num_attention_heads", heads);
    json.put("num_hidden_layers", layers);
    json.put("pad_token_id", padId);
    json.put("use_cache", true);
    json.put("vocab_size", vocabSize);
    json.put("word_embed_proj_dim", wordEmbedProjDim);
    return json;
  }

  private static void atLeastOne(Problems problems, String key, int value) {
    if (value < 1) {
      problems.add(key, value + "", "at least 1", "correct it");
    }
  }

  private static void probability(Problems problems, String key, double value) {
    if (!(value >= 0 && value < 1)) {
      problems.add(key, value + "", "at least 0 and below 1", "correct it");
    }
  }

  private static void token(Problems problems, String key, int value, int vocabSize) {
    if (value < 0 || value >= vocabSize) {
      problems.add(key, value + "", "a token below " + vocabSize, "correct it");
    }
  }
}
