package io.buckbench.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures the cost of a trial by phase, and decides before each step whether the budget allows it.
 * A step lasts from the end of the step before it, and includes the batch, the optimiser and the
 * wait for the device.
 *
 * <p>Under the metered clock a step is allowed if the amount spent and the {@link StepForecast} of
 * the step fit into the budget, so only a {@link Stall} exceeds it. Under the planned clock the
 * planned number of steps is allowed; time is still measured and reported.
 */
public final class CostMeter {
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

  private final String where;
  private final BudgetPlan plan;
  private final PhaseClock clock;
  private final StepForecast forecast = new StepForecast();
  private final List<Stall> stallsBefore = new ArrayList<>();
  private int steps;

  /**
   * Creates a meter.
   *
   * @param where the place of the configuration, for errors
   * @param plan the budget
   * @param nanoTime the clock, {@link System#nanoTime} except in tests
   * @param awaitDevice waits until the device has finished all submitted work
   */
  public CostMeter(String where, BudgetPlan plan, LongSupplier nanoTime, Runnable awaitDevice) {
    this(where, plan, new PhaseClock(nanoTime, awaitDevice));
  }

  private CostMeter(String where, BudgetPlan plan, PhaseClock clock) {
    this.where = where;
    this.plan = plan;
    this.clock = clock;
  }

  /**
   * A copy of this meter under the smaller budget of a milestone. Its ledger is that of a training
   * that stopped here.
   */
  public CostMeter under(BudgetPlan smaller) {
    CostMeter meter = new CostMeter(where, smaller, clock.copy());
    meter.steps = steps;
    meter.stallsBefore.addAll(stalls());
    return meter;
  }

  /** As {@link #under}, for a milestone whose budget pays for no step. */
  public CostMeter untrained(BudgetPlan smaller) {
    return new CostMeter(where, smaller, clock.without(Phase.TRAIN));
  }

  /**
   * What a meter needs to go on in another process.
   *
   * @param nanos the time of each phase so far, in nanoseconds
   * @param steps number of steps so far
   * @param longestStepNanos duration of the longest step
   * @param stalls the stalls so far
   */
  public record State(
      Map<Phase, Long> nanos, int steps, long longestStepNanos, List<Stall> stalls) {}

  /** The state of now, apart from the part of a step that has not been counted yet. */
  public State state() {
    return new State(clock.all(), steps, forecast.longest(), forecast.stalls());
  }

  /**
   * Goes on from a state: adds its times to those of this meter, so that the ledger is the sum of
   * both, and takes over its steps. No step may have been counted yet.
   */
  public void resume(State earlier) {
    clock.add(earlier.nanos());
    steps = earlier.steps();
    forecast.restore(earlier.steps(), earlier.longestStepNanos(), earlier.stalls());
  }

  /** Pauses the meter: the time until {@link #resume} is not part of the trial's cost. */
  public void pause() {
    clock.pause();
  }

  /** Continues after {@link #pause}. */
  public void resume() {
    clock.resume();
  }

  /** Ends the current phase, if any, and begins another. */
  public void begin(Phase next) {
    end();
    clock.begin(next);
  }

  /** Ends the current phase, if any. The training phase ends with its last step. */
  public void end() {
    if (clock.current().filter(phase -> phase != Phase.TRAIN || steps == 0).isPresent()) {
      clock.charge();
    }
    clock.stop();
  }

  /**
   * Whether the budget allows the next step.
   *
   * @throws BelowFirstStepException if it does not allow the first one
   */
  public boolean admitsStep() {
    return admitsStep(plan);
  }

  /**
   * Whether a training with a smaller budget would be allowed the next step.
   *
   * @throws BelowFirstStepException if the budget does not allow the first step, or was exceeded by
   *     it
   */
  public boolean admitsStep(BudgetPlan allowed) {
    if (allowed.clock() == BudgetClock.PLANNED) {
      return steps < allowed.steps();
    }
    requireFirstStep(allowed);
    return expectedNanos(allowed) <= leftNanos(allowed);
  }

  /**
   * The reason why a budget does not pay for the first step: it is not expected to, or the step was
   * taken and exceeded it. Empty if it does, and under the planned clock, whose plan was checked.
   */
  public Optional<BelowFirstStepException> belowFirstStep(BudgetPlan allowed) {
    if (allowed.clock() == BudgetClock.PLANNED || steps > 1) {
      return Optional.empty();
    }
    long left = leftNanos(allowed);
    boolean before = steps == 0 && expectedNanos(allowed) > left;
    boolean after = steps == 1 && left < 0;
    if (!before && !after) {
      return Optional.empty();
    }
    long step = before ? expectedNanos(allowed) : forecast.longest();
    long available = before ? left : left + step;
    return Optional.of(
        new BelowFirstStepException(
            where, allowed.usd(), allowed.card(), seconds(available), seconds(step)));
  }

  private void requireFirstStep(BudgetPlan allowed) {
    belowFirstStep(allowed)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  private long expectedNanos(BudgetPlan allowed) {
    return forecast.isEmpty() ? nanos(allowed.firstStepSeconds()) : forecast.nanos();
  }

  /**
   * Waits for the device and counts the step that was just taken.
   *
   * @return the duration of the step, in seconds
   * @throws BelowFirstStepException if it was the first step and exceeded the budget, which then
   *     buys less than one step
   */
  public double stepDone() {
    long took = clock.charge();
    steps++;
    forecast.observe(took);
    requireFirstStep(plan);
    return took / 1e9;
  }

  /** The charge for the time measured so far, in dollars, rounded down to a trillionth. */
  public BigDecimal spentUsd() {
    return plan.card().usd(plan.card().billedSeconds(seconds(chargedNanos())));
  }

  /** The number of steps taken so far. */
  public int steps() {
    return steps;
  }

  private long chargedNanos() {
    return clock.all().entrySet().stream()
        .filter(measured -> plan.charges(measured.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private long leftNanos(BudgetPlan allowed) {
    return nanos(allowed.affordableSeconds().subtract(allowed.reservedSeconds())) - chargedNanos();
  }

  /** The ledger of the time measured so far. */
  public CostLedger ledger() {
    List<CostLedger.Entry> entries = new ArrayList<>();
    clock.all().forEach((measured, spent) -> entries.add(entry(measured, seconds(spent))));
    BigDecimal used = seconds(chargedNanos());
    BigDecimal raised = plan.card().billedSeconds(used).subtract(used);
    if (raised.signum() > 0) {
      entries.add(entry(Phase.ROUNDING, raised));
    }
    return new CostLedger(
        plan.card().id(),
        plan.clock(),
        plan.usd(),
        plan.steps(),
        plan.arithmetic(),
        entries,
        marked());
  }

  /** The stalls; the last step is marked if it exceeded a metered budget. */
  private List<Stall> marked() {
    List<Stall> marked = stalls();
    int last = marked.size() - 1;
    if (plan.clock() == BudgetClock.METERED
        && last >= 0
        && marked.get(last).step() == steps
        && leftNanos(plan) + evaluationNanos() < 0) {
      marked.set(last, marked.get(last).overspending());
    }
    return marked;
  }

  /** The stalls so far; for a milestone, those of the training that serves it. */
  private List<Stall> stalls() {
    List<Stall> all = new ArrayList<>(stallsBefore);
    all.addAll(forecast.stalls());
    return all;
  }

  private long evaluationNanos() {
    return plan.charges(Phase.EVALUATE) ? clock.nanos(Phase.EVALUATE) : 0;
  }

  private CostLedger.Entry entry(Phase of, BigDecimal seconds) {
    boolean billed = plan.charges(of);
    return new CostLedger.Entry(of, seconds.doubleValue(), plan.card().usd(seconds), billed);
  }

  private static BigDecimal seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9);
  }

  private static long nanos(BigDecimal seconds) {
    // Durations over 146 years are capped to avoid overflow; such a budget never ends a training.
    return seconds
        .multiply(NANOS_PER_SECOND)
        .setScale(0, RoundingMode.DOWN)
        .min(BigDecimal.valueOf(Long.MAX_VALUE / 2))
        .longValueExact();
  }
}
