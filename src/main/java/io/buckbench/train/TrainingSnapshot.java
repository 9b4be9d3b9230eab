package io.buckbench.train;

import java.util.Map;

/**
 * All that a training needs to go on as if it had not stopped; dropout is seeded by the step's
 * number and so needs nothing kept. Values are row-major, under the parameters' names.
 *
 * @param steps updates made so far
 * @param parameters the trained values
 * @param means AdamW's first moments
 * @param variances AdamW's second moments
 * @param skippedSteps steps beside those whose gradients did not fit float16
 * @param lossScaling where the loss scale stands
 */
public record TrainingSnapshot(
    int steps,
    Map<String, float[]> parameters,
    Map<String, float[]> means,
    Map<String, float[]> variances,
    int skippedSteps,
    LossScaler.State lossScaling) {}
