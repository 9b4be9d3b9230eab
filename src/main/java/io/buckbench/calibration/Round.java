package io.buckbench.calibration;

import io.buckbench.promise.PromiseCheck;
import java.util.List;

/**
 * One measurement of a kind of trial: the model is loaded, trained for some steps, and asked.
 *
 * @param loadSeconds time to prepare data, load the model and attach the method
 * @param stepSeconds time of each counted step; at least one unless the training diverged
 * @param testItems number of answered test items
 * @param testSeconds time to answer them
 * @param broken the promises that the measured work broke; if there are any, the times are not
 *     valid
 */
public record Round(
    double loadSeconds,
    List<Double> stepSeconds,
    int testItems,
    double testSeconds,
    List<PromiseCheck> broken) {
  public Round {
    stepSeconds = List.copyOf(stepSeconds);
    broken = List.copyOf(broken);
  }

  /** The mean, which a training pays for; NaN without steps. */
  double secondsPerStep() {
    return stepSeconds.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  double secondsPerTestItem() {
    return testSeconds / testItems;
  }
}
