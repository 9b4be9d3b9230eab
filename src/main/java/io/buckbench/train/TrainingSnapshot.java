package io.buckbench.train;

import java.util.Map;

/**
 * The state that a training needs to resume as if it had not stopped. Values are row-major, by
 * parameter name. Dropout has no state, since each step has its own seed.
 *
 * @param steps number of updates so far
 * @param parameters trained values
 * @param means AdamW's first moments
 * @param variances AdamW's second moments
 * @param updates how often each parameter was updated; less than {@code steps} for a parameter that
 *     some steps did not reach
 * @param skippedSteps number of further steps that were skipped
 * @param lossScaling loss scale and the number of good steps with it
 */
public record TrainingSnapshot(
    int steps,
    Map<String, float[]> parameters,
    Map<String, float[]> means,
    Map<String, float[]> variances,
    Map<String, Integer> updates,
    int skippedSteps,
    LossScaling lossScaling) {

  /**
   * The state of the loss scaling.
   *
   * @param scale factor of the next loss
   * @param goodSteps number of good steps since the scale last changed
   */
  public record LossScaling(float scale, int goodSteps) {}
}
