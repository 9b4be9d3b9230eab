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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoder with its language-model head. With {@link Seams#none} it equals Hugging Face's model of
 * the same family, logit for logit. Adapters enter through the {@link Seams} of each call, so that
 * one model serves many adapters.
 *
 * <p>Frozen until someone asks its {@link #parameters} for gradients.
 */
@SuppressWarnings("try") // scopes and modes are opened for what their closing does
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
   * Loads a Hugging Face model directory, {@code config.json} and weights of any element type, and
   * computes in float32.
   *
   * @throws InvalidInputException with every problem of the configuration, or of the tensors
   */
  public static CausalLM load(Path directory) {
    return load(directory, Precision.FLOAT32, true);
  }

  /**
   * The same in another precision.
   *
   * @param frozen whether the weights stay as they are, so that mixed precision can keep matrices
   *     in half the bytes; not for full fine-tuning
   */
  public static CausalLM load(Path directory, Precision precision, boolean frozen) {
    Architecture architecture = Architecture.read(directory);
    try (NamedTensors tensors = Checkpoint.open(directory)) {
      return load(architecture, tensors, precision, frozen);
    }
  }

  /** The same from an open checkpoint, under a configuration that may differ in its dropout. */
  public static CausalLM load(Architecture architecture, NamedTensors tensors) {
    return load(architecture, tensors, Precision.FLOAT32, true);
  }

  /** The same in another precision. */
  public static CausalLM load(
      Architecture architecture, NamedTensors tensors, Precision precision, boolean frozen) {
    NDManager owner = Torch.newManager();
    try {
      Weights weights = Weights.load(architecture, tensors, owner, precision.matrixType(frozen));
      return new CausalLM(architecture, owner, weights, precision);
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  /** Fresh weights, drawn by Java so that a seed means the same on every device. */
  public static CausalLM random(Architecture architecture, long seed) {
    return random(architecture, seed, Precision.FLOAT32, true);
  }

  /** The same in another precision. */
  public static CausalLM random(
      Architecture architecture, long seed, Precision precision, boolean frozen) {
    NDManager owner = Torch.newManager();
    Weights weights = Weights.random(architecture, seed, owner, precision.matrixType(frozen));
    return new CausalLM(architecture, owner, weights, precision);
  }

  /** What its products are computed in. */
  public Precision precision() {
    return precision;
  }

  /** What it is: sizes, modules and weights. */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * Every weight, named and ordered as Hugging Face's {@code named_parameters}; the tied head is
   * the token embedding and does not appear again.
   */
  public List<Parameter> parameters() {
    return weights.parameters();
  }

  /**
   * One weight by Hugging Face's name, for an adapter to be merged into.
   *
   * @throws IllegalArgumentException if the model has no such weight
   */
  public NDArray weight(String name) {
    return weights.get(name);
  }

  /**
   * The token embedding's weight, (vocabulary, word embedding width): where prompt tuning takes its
   * text initialisation from.
   */
  public NDArray tokenEmbedding() {
    return weights.get(architecture.tokenEmbedding());
  }

  /**
   * Cross entropy of the labelled tokens, shifted by one: position t predicts the label of t + 1.
   * The head and the last layer compute only the positions that predict one.
   *
   * @param step owner of the result
   * @param training whether dropout is on and the pass is recorded for gradients
   * @throws InvalidInputException where nothing is labelled
   */
  public TokenLoss loss(NDManager step, TokenBatch batch, Seams seams, boolean training) {
    int virtual = virtualTokens(seams);
    LabelledPositions labels = LabelledPositions.of(batch, virtual);
    try (GradMode mode = training ? GradMode.on() : GradMode.off();
        Scope handles = new Scope()) {
      DecoderInput input = input(step, batch.inputIds(), batch.attentionMask(), seams);
      NeededRows rows = NeededRows.of(step, labels.columns(), input.tokens());
      NDArray logits = logits(decoder.forward(step, input, rows, null, seams, training));
      NDArray targets = Tensors.of(step, labels.targets(), labels.targets().length, 1);
      NDArray picked = Ops.gather(Ops.logSoftmax(logits), targets, 1);
      NDArray sum = Ops.neg(Ops.sum(picked));
      return new TokenLoss(Scope.keep(sum), labels.targets().length);
    }
  }

  /** How many labels {@link #loss} would average over, without computing anything. */
  public static int labelledTokens(TokenBatch batch, Seams seams) {
    return LabelledPositions.of(batch, virtualTokens(seams)).targets().length;
  }

  /**
   * Logits of every position, for comparison with the reference.
   *
   * @param step owner of the result
   * @return (batch, virtual tokens + tokens, vocabulary)
   */
  public NDArray logits(NDManager step, TokenBatch batch, Seams seams) {
    try (GradMode off = GradMode.off();
        Scope handles = new Scope()) {
      DecoderInput input = input(step, batch.inputIds(), batch.attentionMask(), seams);
      NDArray logits = logits(decoder.forward(step, input, null, null, seams, false));
      return Scope.keep(
          Ops.reshape(logits, input.batch(), input.tokens(), architecture.shape().vocabulary()));
    }
  }

  /**
   * Greedy generation, and the likelihood of given answers from the same pass.
   *
   * @param ids (batch, tokens) prompts, padded on the left
   * @param mask (batch, tokens) 0 for padding
   * @param maxNewTokens 0 only scores
   * @param scored tokens whose log-probability in the first generated place is wanted
   * @throws InvalidInputException for padding on the right, or more tokens than the model has
   *     positions
   */
  public Generation generate(
      long[][] ids, long[][] mask, int maxNewTokens, Seams seams, long... scored) {
    return generate(ids, mask, maxNewTokens, architecture.shape().eosId(), seams, scored);
  }

  /** The same with an end token other than the configuration's. */
  public Generation generate(
      long[][] ids, long[][] mask, int maxNewTokens, long endToken, Seams seams, long... scored) {
    return new GreedyDecoding(architecture.shape(), decoder, seams)
        .generate(ids, mask, maxNewTokens, endToken, scored);
  }

  /**
   * Writes {@code config.json} and {@code model.safetensors} as Hugging Face does, the tied head
   * left out.
   *
   * @param directory made if it is not there
   * @param half float16, half the bytes at a third of the digits; otherwise float32
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

  private NDArray logits(NDArray hidden) {
    try (hidden) {
      return decoder.logits(hidden);
    }
  }

  private DecoderInput input(NDManager step, long[][] ids, long[][] mask, Seams seams) {
    int prefix = seams.prefix().map(KeyValuePrefix::count).orElse(0);
    return DecoderInput.of(
        step, ids, mask, prefix, virtualTokens(seams), architecture.shape().positions());
  }

  private static int virtualTokens(Seams seams) {
    return seams.virtualTokens().map(VirtualTokens::count).orElse(0);
  }

  @Override
  public void close() {
    owner.close();
  }
}
