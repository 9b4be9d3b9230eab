package io.buckbench.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The shape of an OPT decoder (Zhang et al. 2022, arXiv:2205.01068), as Hugging Face's {@code
 * config.json} declares it. Missing keys take the defaults of {@code OPTConfig}, except those
 * without which no shape is known.
 *
 * @param vocabSize rows of the token embedding and of the head tied to it
 * @param hiddenSize width of the residual stream
 * @param layers decoder layers
 * @param heads attention heads
 * @param ffnDim width of the feed-forward's middle
 * @param maxPositions longest sequence; the position table has two rows more
 * @param wordEmbedProjDim width of the token embedding; where it is not the hidden size, {@code
 *     project_in} and {@code project_out} stand between
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
public record OptConfig(
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
    double initStd) {
  private static final String CHOOSE = "correct the file, or give the directory of another model";

  /** Refuses sizes below one, heads that do not divide the width, and improbable probabilities. */
  public OptConfig {
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

  /** Every weight's name and shape, in Hugging Face's order, the tied head once. */
  public Map<String, long[]> weightShapes() {
    return OptWeightNames.shapes(this);
  }

  /** Width of one attention head. */
  public int headSize() {
    return hiddenSize / heads;
  }

  /** Whether {@code project_in} and {@code project_out} stand around the layers. */
  public boolean projects() {
    return wordEmbedProjDim != hiddenSize;
  }

  /** The same shape with no dropout of any kind. */
  public OptConfig withDropout(double dropout, double attentionDropout) {
    return new OptConfig(
        vocabSize,
        hiddenSize,
        layers,
        heads,
        ffnDim,
        maxPositions,
        wordEmbedProjDim,
        layerNormBefore,
        finalLayerNorm,
        dropout,
        attentionDropout,
        layerDrop,
        padId,
        bosId,
        eosId,
        initStd);
  }

  /**
   * Reads {@code config.json}.
   *
   * @throws InvalidInputException with every problem: no such file, not JSON, another model type,
   *     missing or ill-typed keys, a variant of OPT this program does not compute
   */
  public static OptConfig read(Path file) {
    JsonObject keys = JsonObject.read(file, "a model's config.json", CHOOSE);
    keys.required("model_type", n -> n.asText().equals("opt"), "\"opt\"");
    keys.throwIfAny();
    int hidden = keys.requiredInteger("hidden_size");
    boolean before = keys.flag("do_layer_norm_before", true);
    keys.mustBe("activation_function", "relu");
    keys.mustBe("enable_bias", true);
    keys.mustBe("layer_norm_elementwise_affine", true);
    keys.mustBe("tie_word_embeddings", true);
    int vocab = keys.requiredInteger("vocab_size");
    int layers = keys.requiredInteger("num_hidden_layers");
    int heads = keys.requiredInteger("num_attention_heads");
    int ffn = keys.requiredInteger("ffn_dim");
    int positions = keys.requiredInteger("max_position_embeddings");
    int embed = keys.integer("word_embed_proj_dim").orElse(hidden);
    boolean finalNorm = before && !keys.flag("_remove_final_layer_norm", false);
    double dropout = keys.number("dropout", 0.1);
    double attentionDropout = keys.number("attention_dropout", 0.0);
    double layerDrop = keys.number("layerdrop", 0.0);
    int pad = keys.integer("pad_token_id").orElse(1);
    int bos = keys.integer("bos_token_id").orElse(2);
    int eos = keys.integer("eos_token_id").orElse(2);
    double initStd = keys.number("init_std", 0.02);
    keys.throwIfAny();
    return keys.build(
        () ->
            new OptConfig(
                vocab,
                hidden,
                layers,
                heads,
                ffn,
                positions,
                embed,
                before,
                finalNorm,
                dropout,
                attentionDropout,
                layerDrop,
                pad,
                bos,
                eos,
                initStd));
  }

  /** As Hugging Face writes it, so that Transformers opens the directory too. */
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

  /** Writes {@link #toJson} with the weights' element type, whole or not at all. */
  void write(Path file, String dtype) throws IOException {
    ObjectNode json = toJson().put("torch_dtype", dtype);
    WholeFiles.write(
        file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
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
