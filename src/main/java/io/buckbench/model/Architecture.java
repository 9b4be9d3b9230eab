package io.buckbench.model;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.Tokenizer;
import io.buckbench.data.TokenizerRules;
import io.buckbench.input.InvalidInputException;
import io.buckbench.tensor.Precision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model of one family, described so that nobody else has to know the family: its sizes, its
 * linear modules and weights under Hugging Face's names, what PEFT hooks by default, its
 * tokenizer's rules, and the decoder that computes it. Instances are values read from {@code
 * config.json}.
 */
public interface Architecture {
  /** The model's sizes. */
  Shape shape();

  /** Every linear module that an adapter may hook, in the order in which PEFT lists them. */
  List<LinearModule> linearModules();

  /** Every weight once, in the order of Hugging Face's {@code named_parameters}. */
  List<WeightSpec> weights();

  /** How published checkpoints name them. */
  StoredNames storedNames();

  /** The weight that holds the token embedding, (vocabulary, embedding width). */
  String tokenEmbedding();

  /** The weight that the head multiplies by: the token embedding where the two are tied. */
  String head();

  /** Whether a weight's exact gradient is zero, so that a computed one is rounding noise. */
  boolean hasZeroGradient(String weight);

  /** Standard deviation of fresh weights. */
  double initStd();

  /** What PEFT hooks by default. */
  TargetDefaults targetDefaults();

  /** How its tokenizer is set up. */
  TokenizerRules tokenizerRules();

  /** What a layer holds in training. */
  Activations activations();

  /** The same model with no dropout of any kind. */
  Architecture withoutDropout();

  /** The model's {@code config.json} as Transformers writes it, without the element type. */
  ObjectNode toJson();

  /**
   * The part of the model between token ids and logits.
   *
   * @param owner frees what the decoder makes once and keeps
   */
  Decoder decoder(Weights weights, NDManager owner, Precision precision);

  /**
   * Reads {@code config.json} of a model directory.
   *
   * @throws InvalidInputException with every problem: no such file, not JSON, a {@code model_type}
   *     of no known family, missing or ill-typed keys, a variant that this program does not compute
   */
  static Architecture read(Path directory) {
    return Families.read(directory.resolve("config.json"));
  }

  /** Opens the tokenizer in a model directory. */
  default Tokenizer openTokenizer(Path directory) {
    return Tokenizer.open(directory, tokenizerRules());
  }

  /** Name to shape of every weight, in order. */
  default Map<String, long[]> weightShapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    weights().forEach(weight -> shapes.put(weight.name(), weight.shape()));
    return shapes;
  }

  /** How many numbers all weights hold. */
  default long parameters() {
    return weights().stream().mapToLong(WeightSpec::elements).sum();
  }

  /**
   * How a family's published checkpoints differ from {@link Architecture#weights}.
   *
   * @param omittedPrefix what some checkpoints leave off every name, since they were saved from the
   *     inner model; the empty string for none
   * @param tied tensors that a checkpoint may hold although they repeat a weight, by the end of
   *     their name, and the weight whose values they must have
   * @param ignored tensors that are no weights and are not read
   */
  record StoredNames(String omittedPrefix, Map<String, String> tied, Set<String> ignored) {}

  /**
   * The modules that PEFT hooks where a method's file names none: the family's line in
   * peft/utils/constants.py.
   *
   * @param lora for LoRA
   * @param ia3 for IA3
   * @param ia3FeedForward those of {@code ia3} whose input is scaled and not their output
   */
  record TargetDefaults(List<String> lora, List<String> ia3, List<String> ia3FeedForward) {}

  /**
   * Floats that one layer of a training step holds, for an estimate of memory.
   *
   * @param keptPerToken kept for the backward pass, for each token of the batch
   * @param keptSquares arrays of attention scores, (batch, heads, tokens, tokens), that are kept
   * @param passingPerToken widest temporaries, for each token
   */
  record Activations(long keptPerToken, long keptSquares, long passingPerToken) {}
}
