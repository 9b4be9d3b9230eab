package io.buckbench.model;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.Tokenizer;
import io.buckbench.data.TokenizerClass;
import io.buckbench.data.TokenizerRules;
import io.buckbench.input.InvalidInputException;
import io.buckbench.tensor.Precision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Describes a model of one family, so that other packages need not know the family: sizes, linear
 * modules and weights under Hugging Face's names, PEFT's default targets, tokenizer rules, and the
 * decoder. Instances are values read from {@code config.json}.
 */
public interface Architecture {
  /** The model's sizes. */
  Shape shape();

  /** Every linear module that an adapter may hook, in PEFT's order. */
  List<LinearModule> linearModules();

  /** Every weight once, in the order of Hugging Face's {@code named_parameters}. */
  List<WeightSpec> weights();

  /** How published checkpoints name the weights. */
  StoredNames storedNames();

  /** The weight that holds the token embedding, (vocabulary, embedding width). */
  String tokenEmbedding();

  /** The head's weight; the token embedding if the two are tied. */
  String head();

  /**
   * The head as a linear module, whose index follows those of {@link #linearModules}. A tied head
   * has the name under which checkpoints repeat it, and no weight of its own.
   */
  default LinearModule headModule() {
    String weight =
        tied()
            ? storedNames().tied().entrySet().stream()
                .filter(tie -> tie.getValue().equals(head()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("lm_head.weight")
            : head();
    return new LinearModule(
        linearModules().size(),
        weight.substring(0, weight.lastIndexOf('.')),
        LinearModule.Role.HEAD,
        shape().layers(),
        shape().embedding(),
        shape().vocabulary(),
        false,
        false);
  }

  /** Whether head and token embedding are one weight. */
  default boolean tied() {
    return head().equals(tokenEmbedding());
  }

  /** The weight that holds a module's values: the token embedding for a tied head. */
  default String holder(String weight) {
    return weight.equals(headModule().weight()) ? head() : weight;
  }

  /** Whether a weight's exact gradient is zero, so that the computed one is rounding noise. */
  boolean hasZeroGradient(String weight);

  /**
   * Whether the exact gradient of one element of a weight is zero, as in a part of a fused bias.
   *
   * @param element its index, row-major
   */
  default boolean hasZeroGradient(String weight, int element) {
    return hasZeroGradient(weight);
  }

  /** The tokens that end an answer, {@link Shape#eosId} first; empty if there is none. */
  default Set<Long> endTokens() {
    return Set.of((long) shape().eosId());
  }

  /** Standard deviation of initial weights. */
  double initStd();

  /**
   * The row of the token embedding that gets no gradient from look-ups, Transformers' {@code
   * padding_idx}; -1 if there is none. A tied head's gradient still reaches it.
   */
  int paddingIndex();

  /** Dropout on attention probabilities, in training. */
  double attentionDropout();

  /** Whether training skips layers at random, so that a step may not reach every weight. */
  boolean dropsLayers();

  /**
   * The row of the position table.
   *
   * @param position from 0; -1 for padding
   */
  default long positionRow(long position) {
    return Math.max(0, position);
  }

  /**
   * Whether Hugging Face's model derives positions from the mask itself, so that they leave out
   * padding even if no positions are given.
   */
  default boolean derivesPositions() {
    return false;
  }

  /** Whether attention scores get a bias that depends on positions, {@link Decoder#bias}. */
  default boolean biasesScores() {
    return false;
  }

  /** The modules that PEFT hooks by default. */
  TargetDefaults targetDefaults();

  /**
   * The rules of its tokenizer, for a family that was published without {@code tokenizer.json}; by
   * default the tokenizer's files say everything.
   */
  default Optional<TokenizerRules> tokenizerRules() {
    return Optional.empty();
  }

  /** The class of tokenizers that Transformers registers for its family. */
  default TokenizerClass.OfFamily tokenizerClass() {
    return TokenizerClass.BY_FILES;
  }

  /** The memory that a layer needs in training. */
  Activations activations();

  /** The same model without any dropout. */
  Architecture withoutDropout();

  /** The model's {@code config.json} as Transformers writes it, without the element type. */
  ObjectNode toJson();

  /**
   * Creates the decoder, which computes logits from token ids.
   *
   * @param owner owns the arrays that the decoder keeps
   */
  Decoder decoder(Weights weights, NDManager owner, Precision precision);

  /**
   * Reads the {@code config.json} of a model directory.
   *
   * @throws InvalidInputException with every problem: no such file, not JSON, an unknown {@code
   *     model_type}, missing keys, values of the wrong type, an unsupported variant
   */
  static Architecture read(Path directory) {
    return Families.read(directory.resolve("config.json"));
  }

  /**
   * Opens the tokenizer in a model directory.
   *
   * @throws InvalidInputException if it has an id for which the model has no row
   */
  default Tokenizer openTokenizer(Path directory) {
    Tokenizer opened = Tokenizer.open(directory, tokenizerClass(), tokenizerRules());
    int rows = shape().vocabulary();
    if (opened.largestId() >= rows) {
      long largest = opened.largestId();
      opened.close();
      throw new InvalidInputException(
          directory.toString(),
          "a tokenizer with the id " + largest,
          "ids below " + rows + ", the rows of the model's embedding (vocab_size)",
          "use the model's own tokenizer");
    }
    return opened;
  }

  /** Name to shape of every weight, in order. */
  default Map<String, long[]> weightShapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    weights().forEach(weight -> shapes.put(weight.name(), weight.shape()));
    return shapes;
  }

  /** The number of elements of all weights. */
  default long parameters() {
    return weights().stream().mapToLong(WeightSpec::elements).sum();
  }

  /**
   * How a family's published checkpoints differ from {@link Architecture#weights}.
   *
   * @param omittedPrefix the prefix that names lack in checkpoints saved from the inner model;
   *     empty if there is none
   * @param tied tensors that a checkpoint may repeat: the end of the name, and the weight whose
   *     values the tensor must have
   * @param ignored ends of the names of tensors that are not weights and are not read
   * @param former weights by the names that earlier versions of Transformers gave them
   */
  record StoredNames(
      String omittedPrefix,
      Map<String, String> tied,
      Set<String> ignored,
      Map<String, String> former) {

    /** Names that have not changed. */
    public StoredNames(String omittedPrefix, Map<String, String> tied, Set<String> ignored) {
      this(omittedPrefix, tied, ignored, Map.of());
    }

    /**
     * The name of a stored tensor in the full model.
     *
     * @param isWeight whether a name is one of {@link Architecture#weights}
     */
    String full(String stored, Predicate<String> isWeight) {
      String name = former.getOrDefault(stored, stored);
      boolean known = isWeight.test(name) || isExtra(name);
      String prefixed = omittedPrefix + name;
      return !known && (isWeight.test(prefixed) || isExtra(prefixed)) ? prefixed : name;
    }

    /** Whether a checkpoint may contain a tensor that is not a weight. */
    boolean isExtra(String name) {
      return tiedTo(name).isPresent() || ignored.stream().anyMatch(name::endsWith);
    }

    /** The weight whose values a tensor repeats. */
    Optional<String> tiedTo(String name) {
      return tied.entrySet().stream()
          .filter(tie -> name.endsWith(tie.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    /** The name under which published checkpoints store a weight. */
    public String published(String weight) {
      return weight.startsWith(omittedPrefix) ? weight.substring(omittedPrefix.length()) : weight;
    }
  }

  /**
   * The modules that PEFT hooks if a method's file names none, from peft/utils/constants.py.
   *
   * @param lora for LoRA
   * @param ia3 for IA3
   * @param ia3FeedForward the modules among {@code ia3} whose input is scaled instead of the output
   * @param norms for layer-norm tuning; empty if PEFT has no default
   */
  record TargetDefaults(
      List<String> lora, List<String> ia3, List<String> ia3FeedForward, List<String> norms) {

    /** Defaults of a family without any for layer-norm tuning. */
    public TargetDefaults(List<String> lora, List<String> ia3, List<String> ia3FeedForward) {
      this(lora, ia3, ia3FeedForward, List.of());
    }
  }

  /**
   * The number of floats that one layer needs in a training step, for estimates of memory.
   *
   * @param keptPerToken kept for the backward pass of a layer in which nothing is trained, per
   *     token of the batch
   * @param keysAndValues how many of these the last layer keeps, which computes keys and values of
   *     all tokens but the rest only of the needed ones
   * @param ofNorms kept in addition if the weights of norms are trained
   * @param keepsInner whether the input of the feed-forward block's last module is among those kept
   * @param keptSquares number of attention score arrays (batch, heads, tokens, tokens) that are
   *     kept
   * @param passingPerToken largest temporaries, per token
   */
  record Activations(
      long keptPerToken,
      long keysAndValues,
      long ofNorms,
      boolean keepsInner,
      long keptSquares,
      long passingPerToken) {}
}
