package io.buckbench.experiment;

import io.buckbench.budget.CostMeter;
import io.buckbench.train.StepGate;
import io.buckbench.train.StepMetric;

/** The meter as the trainer asks it; the trainer has waited for the device before it tells. */
record MeteredGate(CostMeter meter) implements StepGate {
  @Override
  public boolean mayStep(int step) {
    return meter.admitsStep();
  }

  @Override
  public void stepped(StepMetric metric) {
    meter.stepDone();
  }
}
