package io.buckbench.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Measures what a trial costs, phase by phase, and says before each step whether the budget allows
 * it. A step is counted with everything in it, batch, optimiser and the wait for the device
 * included, from the end of the step before it.
 *
 * <p>Metered: a step is allowed while what was spent and the {@link StepForecast} of the step fit
 * into the budget, so that at most the one step that could not be foreseen overspends it. Planned:
 * as many steps as were planned; the time is measured and reported all the same.
 */
public final class CostMeter {
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

  private final String where;
  private final BudgetPlan plan;
  private final LongSupplier nanoTime;
  private final Runnable awaitDevice;
  private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
  private final StepForecast forecast = new StepForecast();
  private Phase phase;
  private long mark;
  private long pausedAt;
  private int steps;

  /**
   * @param where names the row in errors
   * @param plan what is allowed
   * @param nanoTime the clock, {@link System#nanoTime} outside tests
   * @param awaitDevice returns when the device has done all that was asked of it
   */
  public CostMeter(String where, BudgetPlan plan, LongSupplier nanoTime, Runnable awaitDevice) {
    this.where = where;
    this.plan = plan;
    this.nanoTime = nanoTime;
    this.awaitDevice = awaitDevice;
  }

  /**
   * A meter that has measured what this one has, under a smaller budget that the same training
   * serves: its ledger is that of a training that stopped here.
   */
  public CostMeter under(BudgetPlan smaller) {
    CostMeter meter = new CostMeter(where, smaller, nanoTime, awaitDevice);
    meter.nanos.putAll(nanos);
    meter.steps = steps;
    return meter;
  }

  /** Stands still: what passes until {@link #resume} is no part of this trial's cost. */
  public void pause() {
    pausedAt = nanoTime.getAsLong();
  }

  /** Goes on where it was paused. */
  public void resume() {
    mark += nanoTime.getAsLong() - pausedAt;
  }

  /** Ends the phase that is running, if any, and starts another. */
  public void begin(Phase next) {
    end();
    phase = next;
    mark = nanoTime.getAsLong();
  }

  /** Ends the phase that is running, if any. Training ends with its last step. */
  public void end() {
    if (phase != null && (phase != Phase.TRAIN || steps == 0)) {
      awaitDevice.run();
      charge();
    }
    phase = null;
  }

  /**
   * Whether the budget allows the next step.
   *
   * @throws io.buckbench.input.InvalidInputException if it does not allow the first one
   */
  public boolean admitsStep() {
    return admitsStep(plan);
  }

  /**
   * Whether a smaller budget would allow the next step, had the training been declared with it.
   *
   * @throws io.buckbench.input.InvalidInputException if it does not allow the first step, or did
   *     not cover it
   */
  public boolean admitsStep(BudgetPlan allowed) {
    if (allowed.clock() == BudgetClock.PLANNED) {
      return steps < allowed.steps();
    }
    requireFirstStepCovered(allowed);
    long expected = forecast.isEmpty() ? nanos(allowed.firstStepSeconds()) : forecast.nanos();
    boolean admitted = expected <= leftNanos(allowed);
    if (!admitted && steps == 0) {
      throw BudgetPlan.belowFirstStep(
          where, allowed.usd(), allowed.card(), seconds(leftNanos(allowed)), seconds(expected));
    }
    return admitted;
  }

  /**
   * Counts the step that was just taken, when the device has finished it.
   *
   * @return how long it took, in seconds
   * @throws io.buckbench.input.InvalidInputException if it was the first and overspent the budget:
   *     what it bought is less than a step, so there is nothing to report
   */
  public double stepDone() {
    awaitDevice.run();
    long took = charge();
    steps++;
    forecast.observe(took);
    requireFirstStepCovered(plan);
    return took / 1e9;
  }

  private void requireFirstStepCovered(BudgetPlan allowed) {
    if (steps == 1 && allowed.clock() == BudgetClock.METERED && leftNanos(allowed) < 0) {
      long took = forecast.nanos();
      throw BudgetPlan.belowFirstStep(
          where, allowed.usd(), allowed.card(), seconds(leftNanos(allowed) + took), seconds(took));
    }
  }

  private long charge() {
    long now = nanoTime.getAsLong();
    long took = now - mark;
    nanos.merge(phase, took, Long::sum);
    mark = now;
    return took;
  }

  /** What the card charges for what was measured so far, exact below a trillionth of a dollar. */
  public BigDecimal spentUsd() {
    return plan.card().usd(plan.card().billedSeconds(seconds(chargedNanos())));
  }

  /** Steps taken so far. */
  public int steps() {
    return steps;
  }

  private long chargedNanos() {
    long sum = 0;
    for (Map.Entry<Phase, Long> measured : nanos.entrySet()) {
      if (plan.card().billed().charges(measured.getKey())) {
        sum += measured.getValue();
      }
    }
    return sum;
  }

  private long leftNanos(BudgetPlan allowed) {
    return nanos(allowed.affordableSeconds().subtract(allowed.reservedSeconds())) - chargedNanos();
  }

  /** The ledger of what was measured so far. */
  public CostLedger ledger() {
    List<CostLedger.Entry> entries = new ArrayList<>();
    nanos.forEach((measured, spent) -> entries.add(entry(measured, seconds(spent))));
    BigDecimal used = seconds(chargedNanos());
    BigDecimal raised = plan.card().billedSeconds(used).subtract(used);
    if (raised.signum() > 0) {
      entries.add(entry(Phase.ROUNDING, raised));
    }
    return new CostLedger(
        plan.card().id(), plan.clock(), plan.usd(), plan.steps(), plan.arithmetic(), entries);
  }

  private CostLedger.Entry entry(Phase of, BigDecimal seconds) {
    boolean billed = plan.card().billed().charges(of);
    return new CostLedger.Entry(of, seconds.doubleValue(), plan.card().usd(seconds), billed);
  }

  private static BigDecimal seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9);
  }

  private static long nanos(BigDecimal seconds) {
    // More than 290 years would not fit; such a budget never ends a training anyway.
    return seconds
        .multiply(NANOS_PER_SECOND)
        .setScale(0, RoundingMode.DOWN)
        .min(BigDecimal.valueOf(Long.MAX_VALUE / 2))
        .longValueExact();
  }
}
