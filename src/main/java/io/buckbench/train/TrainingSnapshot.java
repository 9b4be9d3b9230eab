package io.buckbench.train;

import java.util.Map;

/**
 * All that a training needs to resume as if it had not stopped. Dropout is seeded by the step's
 * number, so nothing of it is kept. Values are row-major, by parameter name.
 *
 * @param steps updates made so far
 * @param parameters the trained values
 * @param means AdamW's first moments
 * @param variances AdamW's second moments
 * @param skippedSteps further steps, whose gradients did not fit float16
 * @param lossScaling the loss scale and how long it has been kept
 */
public record TrainingSnapshot(
    int steps,
    Map<String, float[]> parameters,
    Map<String, float[]> means,
    Map<String, float[]> variances,
    int skippedSteps,
    LossScaler.State lossScaling) {}
