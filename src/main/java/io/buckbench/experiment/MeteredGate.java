package io.buckbench.experiment;

import io.buckbench.budget.CostMeter;
import io.buckbench.train.StepGate;
import io.buckbench.train.StepMetric;
import java.util.OptionalInt;

/**
 * The meter as the trainer asks it; the trainer has waited for the device before it tells.
 *
 * @param maxSteps where the row ends sooner than its budget
 */
record MeteredGate(CostMeter meter, OptionalInt maxSteps) implements StepGate {
  @Override
  public boolean mayStep(int step) {
    return step <= maxSteps.orElse(step) && meter.admitsStep();
  }

  @Override
  public void stepped(StepMetric metric) {
    meter.stepDone();
  }
}
