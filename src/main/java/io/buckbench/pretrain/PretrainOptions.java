package io.buckbench.pretrain;

import io.buckbench.input.Problems;
import io.buckbench.model.OptConfig;

/**
 * The recipe of a base model.
 *
 * @param hiddenSize width of the residual stream
 * @param layers decoder layers
 * @param heads attention heads
 * @param steps optimiser steps
 * @param warmupSteps steps of rising rate; it falls in a straight line to 0 afterwards
 * @param batchSize texts a step
 * @param learningRate the highest rate
 * @param backgroundShare share of the tokens that cannot be looked up in the text which carry a
 *     label all the same; those that can (a retold word, a verdict) always do
 * @param seed of corpus, starting weights and labels
 */
public record PretrainOptions(
    int hiddenSize,
    int layers,
    int heads,
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
    return new PretrainOptions(96, 3, 4, 2500, 50, 16, 3e-3, 0.05, 1);
  }

  /** The same recipe for another length or seed. */
  public PretrainOptions with(int otherSteps, long otherSeed) {
    return new PretrainOptions(
        hiddenSize,
        layers,
        heads,
        otherSteps,
        Math.min(warmupSteps, otherSteps),
        batchSize,
        learningRate,
        backgroundShare,
        otherSeed);
  }

  /** The architecture: OPT's pre-layer-norm kind, without dropout, its ids as OPT has them. */
  OptConfig config(int vocabSize) {
    return new OptConfig(
        vocabSize,
        hiddenSize,
        layers,
        heads,
        4 * hiddenSize,
        MAX_POSITIONS,
        hiddenSize,
        true,
        true,
        0,
        0,
        0,
        1,
        2,
        2,
        StartingWeights.STD);
  }
}
