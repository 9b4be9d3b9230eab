package io.buckbench.pretrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.Families;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The recipe of a base model.
 *
 * @param steps optimiser steps
 * @param warmupSteps steps of rising rate; it falls in a straight line to 0 afterwards
 * @param batchSize texts a step
 * @param learningRate the highest rate
 * @param backgroundShare share of the tokens that cannot be looked up in the text which carry a
 *     label all the same; those that can (a retold word, a verdict) always do
 * @param seed of corpus, starting weights and labels
 */
public record PretrainOptions(
    int steps,
    int warmupSteps,
    int batchSize,
    double learningRate,
    double backgroundShare,
    long seed) {

  /** The positions that {@code opt-nano} knows. */
  public static final int MAX_POSITIONS = 512;

  /** Refuses sizes and shares that cannot be. */
  public PretrainOptions {
    Problems problems = new Problems();
    if (steps < 1) {
      problems.add("--steps", steps + "", "at least 1", "the shipped model took --steps 2500");
    }
    if (batchSize < 1) {
      problems.add("--batch-size", batchSize + "", "at least 1", "give 16");
    }
    if (!(learningRate > 0)) {
      problems.add("--learning-rate", learningRate + "", "above 0", "give 3e-3");
    }
    if (!(backgroundShare >= 0 && backgroundShare <= 1)) {
      problems.add("backgroundShare", backgroundShare + "", "0 to 1", "give 0.05");
    }
    problems.throwIfAny();
  }

  /** The recipe of the shipped {@code opt-nano}. */
  public static PretrainOptions optNano() {
    return new PretrainOptions(2500, 50, 16, 3e-3, 0.05, 1);
  }

  /** The same recipe for another length or seed. */
  public PretrainOptions with(int otherSteps, long otherSeed) {
    return new PretrainOptions(
        otherSteps,
        Math.min(warmupSteps, otherSteps),
        batchSize,
        learningRate,
        backgroundShare,
        otherSeed);
  }

  /**
   * The model to train: the recipe's {@code opt-nano.json}, a decoder with layer norms before each
   * block and without dropout.
   *
   * @param vocabSize how many tokens its tokenizer learned
   */
  Architecture architecture(int vocabSize) {
    String file = "opt-nano.json";
    try (InputStream recipe = PretrainOptions.class.getResourceAsStream(file)) {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode config = ((ObjectNode) mapper.readTree(recipe)).put("vocab_size", vocabSize);
      return Families.read(file, mapper.writeValueAsBytes(config));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
