package io.buckbench.train;

/**
 * The measurements of one optimiser step.
 *
 * @param step number of the step, from 1
 * @param loss mean loss of the labelled tokens of all micro-batches, before the update
 * @param learningRate learning rate of the step; 0 if it was skipped
 * @param gradientNorm L2 norm of all gradients before clipping; infinite if the step was skipped
 * @param tokens number of input tokens without padding
 * @param seconds wall time of the step, including the optimiser and the wait for the device
 */
public record StepMetric(
    int step, double loss, double learningRate, double gradientNorm, long tokens, double seconds) {

  /** Whether the step was skipped because a gradient did not fit float16. It still took time. */
  public boolean skipped() {
    return gradientNorm == Double.POSITIVE_INFINITY && learningRate == 0;
  }
}
