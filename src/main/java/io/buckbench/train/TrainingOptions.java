package io.buckbench.train;

import io.buckbench.input.Problems;
import java.util.Objects;

/**
 * How a training steps; what it trains and on which batches is said elsewhere.
 *
 * @param learningRate the base rate, times the schedule's factor
 * @param schedule the factor of each step
 * @param adamW the optimiser's constants
 * @param clipNorm global gradient norm above which gradients are scaled down; infinity for never
 * @param seed of dropout
 */
public record TrainingOptions(
    double learningRate,
    LearningRateSchedule schedule,
    AdamWOptions adamW,
    double clipNorm,
    long seed) {
  /** Refuses a rate or a clipping norm that is not above 0. */
  public TrainingOptions {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(adamW, "adamW");
    Problems problems = new Problems();
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      problems.add("learningRate", learningRate + "", "above 0", "1e-4 to 1e-2 suits adapters");
    }
    if (!(clipNorm > 0)) {
      problems.add("clipNorm", clipNorm + "", "above 0", "1.0 is usual; Infinity means never");
    }
    problems.throwIfAny();
  }

  /** A constant rate, torch's AdamW, no clipping. */
  public static TrainingOptions constant(double learningRate, long seed) {
    return new TrainingOptions(
        learningRate,
        LearningRateSchedule.constant(),
        AdamWOptions.defaults(),
        Double.POSITIVE_INFINITY,
        seed);
  }
}
