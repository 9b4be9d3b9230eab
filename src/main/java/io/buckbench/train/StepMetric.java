package io.buckbench.train;

/**
 * One optimiser step as it was measured.
 *
 * @param step counted from 1
 * @param loss mean over the labelled tokens of the step's batches, before the update
 * @param learningRate the rate that this step used; 0 for a skipped one
 * @param gradientNorm global L2 norm before clipping; infinite for a skipped one
 * @param tokens real (unpadded) tokens that went in
 * @param seconds wall time of the step, device waited for, optimiser included
 */
public record StepMetric(
    int step, double loss, double learningRate, double gradientNorm, long tokens, double seconds) {

  /**
   * Whether the step changed no weight, since a gradient did not fit float16. Its time was spent
   * all the same.
   */
  public boolean skipped() {
    return gradientNorm == Double.POSITIVE_INFINITY && learningRate == 0;
  }
}
