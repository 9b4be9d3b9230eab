package io.buckbench.train;

import io.buckbench.budget.CostMeter;
import java.util.function.DoubleConsumer;

/** Allows a step if a meter's plan does, and makes the meter count it. */
public final class MeteredGate implements StepGate {
  private final CostMeter meter;
  private final DoubleConsumer stepSeconds;

  /** A gate for a training phase that the meter has begun. */
  public MeteredGate(CostMeter meter) {
    this(meter, seconds -> {});
  }

  /**
   * As above.
   *
   * @param stepSeconds receives the metered time of each step, including that for its batch
   */
  public MeteredGate(CostMeter meter, DoubleConsumer stepSeconds) {
    this.meter = meter;
    this.stepSeconds = stepSeconds;
  }

  @Override
  public boolean mayStep(int step) {
    return meter.admitsStep();
  }

  @Override
  public void stepped(StepMetric metric) {
    // The trainer waits for the device before it calls this.
    stepSeconds.accept(meter.stepDone());
  }
}
