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
 * The hyperparameters of pre-training.
 *
 * @param steps number of optimiser steps
 * @param warmupSteps steps of linear warm-up; the learning rate then decays linearly to 0
 * @param batchSize texts per step
 * @param learningRate the maximum learning rate
 * @param backgroundShare share of labelled tokens among those that do not follow from the text
 *     before; tokens that do (a repeated word, a verdict) are always labelled
 * @param seed seed of corpus, starting weights and labels
 */
public record PretrainOptions(
    int steps,
    int warmupSteps,
    int batchSize,
    double learningRate,
    double backgroundShare,
    long seed) {

  /** Checks the ranges. */
  public PretrainOptions {
    Problems problems = new Problems();
    if (steps < 1) {
      problems.add(
          "--steps", steps + "", "at least 1", "the shipped model was trained with --steps 2500");
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

  /** The options of the shipped {@code opt-nano}. */
  public static PretrainOptions optNano() {
    return new PretrainOptions(2500, 50, 16, 3e-3, 0.05, 1);
  }

  /** The same options with another number of steps and seed. */
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
   * The architecture of {@code opt-nano.json}: a decoder with layer norms before each block and
   * without dropout.
   *
   * @param vocabSize size of the tokenizer's vocabulary
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
