package io.buckbench.peft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import java.util.OptionalInt;

/**
 * What PEFT's {@code PromptLearningConfig} (peft/config.py) gives every method with virtual tokens.
 * All but the first are filled in from the base model where they are left out.
 *
 * @param numVirtualTokens how many; PEFT has no default
 * @param tokenDim width of a token's row
 * @param numLayers decoder layers
 * @param numAttentionHeads heads of a layer
 */
public record PromptLearning(
    int numVirtualTokens,
    OptionalInt tokenDim,
    OptionalInt numLayers,
    OptionalInt numAttentionHeads) {

  /** Refuses, all at once, counts below 1. */
  public PromptLearning {
    Problems problems = new Problems();
    positive(problems, "num_virtual_tokens", numVirtualTokens);
    tokenDim.ifPresent(n -> positive(problems, "token_dim", n));
    numLayers.ifPresent(n -> positive(problems, "num_layers", n));
    numAttentionHeads.ifPresent(n -> positive(problems, "num_attention_heads", n));
    problems.throwIfAny();
  }

  /** So many virtual tokens, the rest from the base model. */
  public static PromptLearning of(int numVirtualTokens) {
    return new PromptLearning(
        numVirtualTokens, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  /** Notes a problem if a count is below 1. */
  public static void positive(Problems problems, String key, int value) {
    if (value < 1) {
      problems.add(key, Integer.toString(value), "at least 1", "give a positive number");
    }
  }

  /** What was read, still to be judged by the constructor inside {@link ConfigJson#build}. */
  public record Read(
      OptionalInt numVirtualTokens,
      OptionalInt tokenDim,
      OptionalInt numLayers,
      OptionalInt numAttentionHeads) {

    /**
     * The settings.
     *
     * @throws InvalidInputException with every count that is wrong or missing
     */
    public PromptLearning judged() {
      if (numVirtualTokens.isEmpty()) {
        throw new InvalidInputException(
            "num_virtual_tokens", "nothing", "a whole number", "say how many; there is no default");
      }
      return new PromptLearning(
          numVirtualTokens.getAsInt(), tokenDim, numLayers, numAttentionHeads);
    }
  }

  /** Reads PEFT's keys. */
  public static Read read(ConfigJson json) {
    json.off("modules_to_save");
    json.integer("num_transformer_submodules")
        .ifPresent(
            n -> {
              if (n != 1) {
                json.problem(
                    "num_transformer_submodules",
                    Integer.toString(n),
                    "1, a decoder alone",
                    "use an adapter of a causal model");
              }
            });
    return new Read(
        json.integer("num_virtual_tokens"),
        json.integer("token_dim"),
        json.integer("num_layers"),
        json.integer("num_attention_heads"));
  }

  /**
   * The width of a row.
   *
   * @param fromShape what the base model says, where {@code token_dim} is left out
   */
  public int width(long fromShape) {
    return tokenDim.orElse(Math.toIntExact(fromShape));
  }

  /**
   * Whether the settings fit a model.
   *
   * @param width what {@code token_dim} has to be
   * @param heads what {@code num_attention_heads} has to be
   * @throws InvalidInputException with all that does not fit
   */
  public void check(Architecture model, long width, long heads) {
    Problems problems = new Problems();
    equal(problems, "token_dim", tokenDim, width);
    equal(problems, "num_layers", numLayers, model.shape().layers());
    equal(problems, "num_attention_heads", numAttentionHeads, heads);
    if (numVirtualTokens >= model.shape().positions()) {
      problems.add(
          "num_virtual_tokens",
          Integer.toString(numVirtualTokens),
          "fewer than the model's "
              + model.shape().positions()
              + " positions, so that some are left for the text",
          "lower it");
    }
    problems.throwIfAny();
  }

  private static void equal(Problems problems, String key, OptionalInt value, long wanted) {
    if (value.isPresent() && value.getAsInt() != wanted) {
      problems.add(
          key,
          Integer.toString(value.getAsInt()),
          wanted + ", as the base model has it",
          "use the base model this adapter was made for, or leave the key out");
    }
  }

  /** Writes the keys as PEFT does, filled in. */
  public void write(ObjectNode json, Architecture model, long width, int heads) {
    json.putNull("modules_to_save");
    json.put("num_attention_heads", heads);
    json.put("num_layers", model.shape().layers());
    json.put("num_transformer_submodules", 1);
    json.put("num_virtual_tokens", numVirtualTokens);
    json.put("token_dim", width(width));
  }
}
