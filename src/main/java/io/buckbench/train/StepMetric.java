package io.buckbench.train;

/**
 * One optimiser step as it was measured.
 *
 * @param step counted from 1
 * @param loss mean over the labelled tokens of the step's batches, before the update
 * @param learningRate the rate that this step used
 * @param gradientNorm global L2 norm before clipping
 * @param tokens real (unpadded) tokens that went in
 * @param seconds wall time of the step, device waited for, optimiser included
 */
public record StepMetric(
    int step, double loss, double learningRate, double gradientNorm, long tokens, double seconds) {}
