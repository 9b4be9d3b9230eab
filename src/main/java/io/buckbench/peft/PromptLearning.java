package io.buckbench.peft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The settings of PEFT's {@code PromptLearningConfig} (peft/config.py), which all methods with
 * virtual tokens share. Optional values default to those of the base model.
 *
 * @param numVirtualTokens number of virtual tokens; PEFT has no default
 * @param tokenDim width of a token's row
 * @param numLayers number of decoder layers
 * @param numAttentionHeads heads per layer
 */
public record PromptLearning(
    int numVirtualTokens,
    OptionalInt tokenDim,
    OptionalInt numLayers,
    OptionalInt numAttentionHeads) {

  /** Checks that all counts are at least 1. */
  public PromptLearning {
    Problems problems = new Problems();
    positive(problems, "num_virtual_tokens", numVirtualTokens);
    tokenDim.ifPresent(n -> positive(problems, "token_dim", n));
    numLayers.ifPresent(n -> positive(problems, "num_layers", n));
    numAttentionHeads.ifPresent(n -> positive(problems, "num_attention_heads", n));
    problems.throwIfAny();
  }

  /** A number of virtual tokens, with defaults for the rest. */
  public static PromptLearning of(int numVirtualTokens) {
    return new PromptLearning(
        numVirtualTokens, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  /** Notes a problem if a value is below 1. */
  public static void positive(Problems problems, String key, int value) {
    if (value < 1) {
      problems.add(key, Integer.toString(value), "at least 1", "give a positive number");
    }
  }

  /**
   * Reads PEFT's keys.
   *
   * @return creates the settings inside {@link ConfigJson#build}, or throws an {@link
   *     InvalidInputException} with every wrong or missing value
   */
  public static Supplier<PromptLearning> read(ConfigJson json) {
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
    OptionalInt tokens = json.integer("num_virtual_tokens");
    OptionalInt dim = json.integer("token_dim");
    OptionalInt layers = json.integer("num_layers");
    OptionalInt heads = json.integer("num_attention_heads");
    return () -> {
      if (tokens.isEmpty()) {
        throw new InvalidInputException(
            "num_virtual_tokens", "nothing", "a whole number", "add it; there is no default");
      }
      return new PromptLearning(tokens.getAsInt(), dim, layers, heads);
    };
  }

  /**
   * Checks that the settings fit a model.
   *
   * @param width the only valid {@code token_dim}
   * @param heads the only valid {@code num_attention_heads}
   * @throws InvalidInputException with every setting that does not fit
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
              + " positions, to leave room for the text",
          "lower it");
    }
    problems.throwIfAny();
  }

  private static void equal(Problems problems, String key, OptionalInt value, long wanted) {
    if (value.isPresent() && value.getAsInt() != wanted) {
      problems.add(
          key,
          Integer.toString(value.getAsInt()),
          wanted + ", the base model's value",
          "use the base model this adapter was made for, or remove the key");
    }
  }

  /** Writes all keys, as PEFT does. */
  public void write(ObjectNode json, Architecture model, int width, int heads) {
    json.putNull("modules_to_save");
    json.put("num_attention_heads", heads);
    json.put("num_layers", model.shape().layers());
    json.put("num_transformer_submodules", 1);
    json.put("num_virtual_tokens", numVirtualTokens);
    json.put("token_dim", tokenDim.orElse(width));
  }
}
