package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import io.buckbench.tensor.Tensors;

/**
 * A batch's cross entropy before it is averaged, so that micro-batches of different sizes add up to
 * the mean over all labels of a step.
 *
 * @param sum over the labelled tokens, a scalar; {@link io.buckbench.tensor.Autograd#backward} with
 *     scale 1 / count differentiates the mean
 * @param count labelled tokens
 */
public record TokenLoss(NDArray sum, int count) {
  /** The mean over the labelled tokens; waits for the device. */
  public double mean() {
    return (double) Tensors.scalar(sum) / count;
  }
}
