package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.Checkpoint;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.data.TokenBatch;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import io.buckbench.tensor.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A decoder with its language-model head. With {@link Seams#none} its logits equal those of Hugging
 * Face's model of the same family. An adapter's {@link Seams} are passed with each call, so one
 * model serves many adapters.
 *
 * <p>The weights are frozen until gradients are requested for its {@link #parameters}.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
public final class CausalLM implements AutoCloseable {
  private final Architecture architecture;
  private final NDManager owner;
  private final Weights weights;
  private final Decoder decoder;
  private final Precision precision;

  private CausalLM(
      Architecture architecture, NDManager owner, Weights weights, Precision precision) {
    this.architecture = architecture;
    this.precision = precision;
    this.owner = owner;
    this.weights = weights;
    this.decoder = architecture.decoder(weights, owner, precision);
  }

  /**
   * Loads a Hugging Face model directory ({@code config.json} and weights of any element type) to
   * compute in float32.
   *
   * @throws InvalidInputException with every problem of {@code config.json}, or of the tensors
   */
  public static CausalLM load(Path directory) {
    return load(directory, Precision.FLOAT32, true);
  }

  /**
   * Loads a model directory to compute in a given precision.
   *
   * @param frozen whether the weights are never trained, so that mixed precision can keep matrices
   *     in float16
   */
  public static CausalLM load(Path directory, Precision precision, boolean frozen) {
    Architecture architecture = Architecture.read(directory);
    try (NamedTensors tensors = Checkpoint.open(directory)) {
      return load(architecture, tensors, precision, frozen);
    }
  }

  /** Loads from an open checkpoint; the architecture may differ from its own in dropout. */
  public static CausalLM load(
      Architecture architecture, NamedTensors tensors, Precision precision, boolean frozen) {
    NDManager owner = Torch.newManager();
    try {
      Weights weights = Weights.load(architecture, tensors, owner, precision.weightType(frozen));
      return new CausalLM(architecture, owner, weights, precision);
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  /** Initial weights for a seed, the same on every device, to compute in float32. */
  public static CausalLM random(Architecture architecture, long seed) {
    return random(architecture, seed, Precision.FLOAT32, true);
  }

  /** Initial weights for a seed, to compute in a given precision. */
  public static CausalLM random(
      Architecture architecture, long seed, Precision precision, boolean frozen) {
    NDManager owner = Torch.newManager();
    Weights weights = Weights.random(architecture, seed, owner, precision.weightType(frozen));
    return new CausalLM(architecture, owner, weights, precision);
  }

  /** The precision of its matrix products. */
  public Precision precision() {
    return precision;
  }

  /** The model's sizes, modules and weights. */
  public Architecture architecture() {
    return architecture;
  }

  /** Every weight in the order of Hugging Face's {@code named_parameters}, a tied head once. */
  public List<Parameter> parameters() {
    return weights.parameters();
  }

  /**
   * One weight by Hugging Face's name.
   *
   * @throws IllegalArgumentException if the model has no such weight
   */
  public NDArray weight(String name) {
    return weights.get(name);
  }

  /**
   * Creates a decoder that uses other arrays instead of some weights, for {@link Seams#decoder}.
   * The base model does not change.
   *
   * @param replaced by the weight's name; a tied head has the name of {@link
   *     Architecture#headModule}'s weight
   * @param owner owns the arrays that the decoder keeps
   */
  public Decoder decoder(Map<String, NDArray> replaced, NDManager owner) {
    return architecture.decoder(weights.replacing(replaced), owner, precision);
  }

  /** The token embedding's weight, (vocabulary, embedding width). */
  public NDArray tokenEmbedding() {
    return weights.get(architecture.tokenEmbedding());
  }

  /**
   * Cross entropy of the labelled tokens, where position t predicts the label of t + 1. The head
   * and the last layer compute only the positions that predict a label.
   *
   * @param step owner of the result
   * @param training whether dropout is on and the pass is recorded for gradients
   * @throws InvalidInputException if no token is labelled
   */
  public TokenLoss loss(NDManager step, TokenBatch batch, Seams seams, boolean training) {
    LabelledPositions labels = labels(batch, seams);
    try (GradMode mode = training ? GradMode.on() : GradMode.off();
        Scope handles = new Scope()) {
      NDArray sum = Ops.neg(Ops.sum(logProbs(step, batch, labels, seams, training)));
      return new TokenLoss(Scope.keep(sum), labels.targets().length);
    }
  }

  /**
   * Log-probabilities of the labelled tokens, where position t predicts the label of t + 1.
   *
   * @return one for each label, row by row
   * @throws InvalidInputException if no token is labelled
   */
  public float[] logProbs(TokenBatch batch, Seams seams) {
    LabelledPositions labels = labels(batch, seams);
    try (GradMode off = GradMode.off();
        NDManager step = Torch.newManager();
        Scope handles = new Scope()) {
      return Tensors.floats(logProbs(step, batch, labels, seams, false));
    }
  }

  private static LabelledPositions labels(TokenBatch batch, Seams seams) {
    LabelledPositions labels = LabelledPositions.of(batch, virtualTokens(seams));
    labels.requireSome();
    return labels;
  }

  /** (labels, 1) log-probabilities; the head computes only the positions that predict a label. */
  private NDArray logProbs(
      NDManager step, TokenBatch batch, LabelledPositions labels, Seams seams, boolean training) {
    Upload upload = new Upload();
    DecoderInput input = input(step, upload, batch.inputIds(), batch.attentionMask(), seams);
    NeededRows rows = NeededRows.of(upload, labels.columns(), input.tokens());
    Upload.Part targets = upload.add(labels.targets());
    upload.to(step);
    NDArray logits = logits(step, input, rows, seams, training);
    return Ops.gather(Ops.logSoftmax(logits), Ops.reshape(targets.array(), -1, 1), 1);
  }

  /** The number of labels in {@link #loss}, possibly none, found without computing anything. */
  public static int labelledTokens(TokenBatch batch, Seams seams) {
    return LabelledPositions.of(batch, virtualTokens(seams)).targets().length;
  }

  /**
   * Logits of every position.
   *
   * @param step owner of the result
   * @return (batch, virtual tokens + tokens, vocabulary)
   */
  public NDArray logits(NDManager step, TokenBatch batch, Seams seams) {
    try (GradMode off = GradMode.off();
        Scope handles = new Scope()) {
      Upload upload = new Upload();
      DecoderInput input = input(step, upload, batch.inputIds(), batch.attentionMask(), seams);
      upload.to(step);
      NDArray logits = logits(step, input, null, seams, false);
      return Scope.keep(
          Ops.reshape(logits, input.batch(), input.tokens(), architecture.shape().vocabulary()));
    }
  }

  /**
   * Generates greedily, and scores given tokens as the first new token.
   *
   * @param ids (batch, tokens) prompts, padded on the left
   * @param mask (batch, tokens) 0 for padding
   * @param maxNewTokens 0 to score only
   * @param scored tokens whose log-probability as the first new token is returned
   * @throws InvalidInputException for padding on the right, or more tokens than positions
   */
  public Generation generate(
      long[][] ids, long[][] mask, int maxNewTokens, Seams seams, long... scored) {
    return decoding(seams)
        .generate(ids, mask, maxNewTokens, architecture.endTokens(), each(ids.length, scored));
  }

  /** Generates with a given end token. */
  public Generation generate(
      long[][] ids, long[][] mask, int maxNewTokens, long endToken, Seams seams, long... scored) {
    return generate(ids, mask, maxNewTokens, endToken, seams, each(ids.length, scored));
  }

  /**
   * Generates with a given end token, and scores tokens of its own for each prompt.
   *
   * @param scored (batch, scored tokens)
   */
  public Generation generate(
      long[][] ids, long[][] mask, int maxNewTokens, long endToken, Seams seams, long[][] scored) {
    return decoding(seams).generate(ids, mask, maxNewTokens, Set.of(endToken), scored);
  }

  private GreedyDecoding decoding(Seams seams) {
    return new GreedyDecoding(architecture, seams.decoder().orElse(decoder), seams, precision);
  }

  private static long[][] each(int rows, long[] tokens) {
    return Collections.nCopies(rows, tokens).toArray(long[][]::new);
  }

  /**
   * Writes {@code config.json} and {@code model.safetensors} as Hugging Face does, without a tied
   * head.
   *
   * @param directory created if it does not exist
   * @param half whether to write float16 instead of float32
   */
  public void save(Path directory, boolean half) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters()) {
      long[] shape = Tensors.shape(parameter.array());
      float[] values = Tensors.floats(parameter.array());
      tensors.put(
          parameter.name(),
          half ? Safetensors.Tensor.ofHalf(shape, values) : Safetensors.Tensor.of(shape, values));
    }
    try {
      Files.createDirectories(directory);
      Safetensors.write(directory.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
      ObjectNode config = architecture.toJson().put("torch_dtype", half ? "float16" : "float32");
      WholeFiles.write(
          directory.resolve("config.json"),
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the model to " + directory, e);
    }
  }

  private NDArray logits(
      NDManager step, DecoderInput input, NeededRows rows, Seams seams, boolean training) {
    Decoder computing = seams.decoder().orElse(decoder);
    try (NDArray hidden = computing.forward(step, input, rows, null, seams, training)) {
      return computing.logits(hidden, seams, training);
    }
  }

  private DecoderInput input(
      NDManager step, Upload upload, long[][] ids, long[][] mask, Seams seams) {
    return DecoderInput.of(step, upload, ids, mask, seams, architecture, precision);
  }

  private static int virtualTokens(Seams seams) {
    return seams.virtualTokens().map(VirtualTokens::count).orElse(0);
  }

  @Override
  public void close() {
    owner.close();
  }
}
