package io.buckbench.train;

import io.buckbench.budget.CostMeter;
import java.util.function.DoubleConsumer;

/** A step may be taken while a meter's plan allows it; the meter counts each step that was. */
public final class MeteredGate implements StepGate {
  private final CostMeter meter;
  private final DoubleConsumer stepSeconds;

  /** For a training whose phase the meter has begun. */
  public MeteredGate(CostMeter meter) {
    this(meter, seconds -> {});
  }

  /**
   * As above.
   *
   * @param stepSeconds gets the time of each step as the meter measured it, batch included
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
