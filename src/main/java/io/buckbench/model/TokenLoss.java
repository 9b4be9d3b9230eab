package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import io.buckbench.tensor.Tensors;

/**
 * A batch's cross entropy as a sum, so that micro-batches of different sizes can be averaged over
 * all labels of a step.
 *
 * @param sum over the labelled tokens, a scalar; {@link io.buckbench.tensor.Autograd#backward} with
 *     scale 1 / count gives the gradient of the mean
 * @param count number of labelled tokens
 */
public record TokenLoss(NDArray sum, int count) {
  /** The mean over the labelled tokens. Waits for the device. */
  public double mean() {
    return (double) Tensors.scalar(sum) / count;
  }
}
