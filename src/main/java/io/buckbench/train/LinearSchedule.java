package io.buckbench.train;

import io.buckbench.input.Problems;

/**
 * Up in a straight line from 0, then down to 0: Transformers' {@code
 * get_linear_schedule_with_warmup}. The first step of a warm-up uses a rate of 0, as there.
 *
 * @param warmupSteps steps of rising rate
 * @param totalSteps the step at which the rate is 0 again
 */
public record LinearSchedule(int warmupSteps, int totalSteps) implements LearningRateSchedule {
  /** Refuses a negative warm-up, and one longer than the training. */
  public LinearSchedule {
    Problems problems = new Problems();
    if (totalSteps < 1) {
      problems.add("totalSteps", totalSteps + "", "at least 1", "train for a step or more");
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
