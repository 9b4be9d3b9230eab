package io.buckbench.model.blocks;

import io.buckbench.model.Activation;
import io.buckbench.model.Architecture.StoredNames;
import io.buckbench.model.Architecture.TargetDefaults;
import io.buckbench.model.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model as its family describes it.
 *
 * @param shape sizes and special tokens
 * @param names where its weights are
 * @param layer the parts of a layer, in Hugging Face's order
 * @param block the order of computation in a layer
 * @param positions how the order of tokens enters
 * @param windows for each layer the number of latest keys that a query sees; 0 for all
 * @param epsilon of the norms
 * @param dropout probabilities, in training
 * @param tokens special tokens beyond those of the shape
 * @param initStd standard deviation of initial weights
 * @param targets PEFT's default targets
 */
public record Blueprint(
    Shape shape,
    Names names,
    List<Part> layer,
    Block block,
    Positions positions,
    List<Integer> windows,
    double epsilon,
    Dropout dropout,
    Tokens tokens,
    double initStd,
    TargetDefaults targets) {

  /**
   * Where the weights are.
   *
   * @param embedding the token embedding's weight
   * @param embeddingNorm a norm after it; empty if there is none
   * @param layers what comes before the number of a layer
   * @param finalNorm the norm after the last layer
   * @param tied whether the head is the token embedding
   * @param omittedPrefix see {@link StoredNames}
   * @param ignored ends of the names of stored buffers
   * @param former see {@link StoredNames}
   */
  public record Names(
      String embedding,
      String embeddingNorm,
      String layers,
      String finalNorm,
      boolean tied,
      String omittedPrefix,
      Set<String> ignored,
      Map<String, String> former) {
    static final String HEAD = "lm_head.weight";

    StoredNames stored() {
      Map<String, String> repeated = tied ? Map.of(HEAD, embedding) : Map.of();
      return new StoredNames(omittedPrefix, repeated, ignored, former);
    }

    String head() {
      return tied ? embedding : HEAD;
    }

    String part(int layer, Part part) {
      return layers + layer + "." + part.path();
    }
  }

  /**
   * The order of computation in a layer.
   *
   * @param fused how a fused module's output is divided
   * @param transposed whether weights are stored as (in, out)
   * @param activation of the feed-forward block
   * @param parallel whether attention and feed-forward block both read the layer's input
   * @param residualOfNorm whether a block's output is added to its norm's output instead of input
   * @param scores factor of attention scores besides 1 / sqrt(head size)
   * @param scoresByLayer whether scores are also divided by the number of the layer, from 1
   */
  public record Block(
      Fused fused,
      boolean transposed,
      Activation activation,
      boolean parallel,
      boolean residualOfNorm,
      double scores,
      boolean scoresByLayer) {
    /** A sequential block whose weights are stored as (out, in). */
    public static Block sequential(Activation activation) {
      return new Block(Fused.PARTS, false, activation, false, false, 1, false);
    }

    double scores(int layer) {
      return scoresByLayer ? scores / (layer + 1) : scores;
    }
  }

  /** How the output of a fused module is divided. */
  public enum Fused {
    /** All queries, then all keys, then all values. */
    PARTS,
    /** For each head its query, key and value. */
    HEADS
  }

  /**
   * Dropout probabilities.
   *
   * @param embedding on the first layer's input
   * @param residual on the outputs of attention and feed-forward block
   * @param attention on attention probabilities
   * @param keys the keys of {@code config.json} that hold them
   */
  public record Dropout(double embedding, double residual, double attention, List<String> keys) {}

  /**
   * Special tokens.
   *
   * @param ends tokens that end an answer
   * @param paddingIndex see {@link io.buckbench.model.Architecture#paddingIndex}
   */
  public record Tokens(Set<Long> ends, int paddingIndex) {}
}
