package io.buckbench.train;

import io.buckbench.input.Problems;
import java.util.Objects;

/**
 * The options of a training's steps.
 *
 * @param learningRate base learning rate
 * @param schedule factor of the learning rate in each step
 * @param adamW options of the optimiser
 * @param clipNorm norm of all gradients above which they are scaled down; infinity for never
 * @param seed seed of dropout
 */
public record TrainingOptions(
    double learningRate,
    LearningRateSchedule schedule,
    AdamWOptions adamW,
    double clipNorm,
    long seed) {
  /** Requires a learning rate and a clipping norm above 0. */
  public TrainingOptions {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(adamW, "adamW");
    Problems problems = new Problems();
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      problems.add("learningRate", learningRate + "", "above 0", "1e-4 to 1e-2 suits adapters");
    }
    if (!(clipNorm > 0)) {
      problems.add(
          "clipNorm", clipNorm + "", "above 0", "1.0 is usual; Infinity turns clipping off");
    }
    problems.throwIfAny();
  }

  /** A constant learning rate, torch's defaults of AdamW, and no clipping. */
  public static TrainingOptions constant(double learningRate, long seed) {
    return new TrainingOptions(
        learningRate,
        LearningRateSchedule.constant(),
        AdamWOptions.defaults(),
        Double.POSITIVE_INFINITY,
        seed);
  }
}
