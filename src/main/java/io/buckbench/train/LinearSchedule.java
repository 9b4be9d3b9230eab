package io.buckbench.train;

import io.buckbench.input.Problems;

/**
 * Transformers' {@code get_linear_schedule_with_warmup}: rises linearly from 0, then falls linearly
 * to 0. The first step of a warm-up has the rate 0, as in Transformers.
 *
 * @param warmupSteps number of steps with a rising rate
 * @param totalSteps number of steps after which the rate is 0 again
 */
public record LinearSchedule(int warmupSteps, int totalSteps) implements LearningRateSchedule {
  /** Requires a warm-up of at least 0 steps that is not longer than the training. */
  public LinearSchedule {
    Problems problems = new Problems();
    if (totalSteps < 1) {
      problems.add("totalSteps", totalSteps + "", "at least 1", "train for at least one step");
    }
    if (warmupSteps < 0 || warmupSteps > Math.max(totalSteps, 0)) {
      problems.add(
          "warmupSteps",
          warmupSteps + "",
          "0 to totalSteps = " + totalSteps,
          "shorten the warm-up");
    }
    problems.throwIfAny();
  }

  @Override
  public double factor(int step) {
    int taken = step - 1;
    if (taken < warmupSteps) {
      return (double) taken / Math.max(1, warmupSteps);
    }
    return Math.max(0, (double) (totalSteps - taken) / Math.max(1, totalSteps - warmupSteps));
  }
}
