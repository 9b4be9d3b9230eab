package io.buckbench.calibration;

import io.buckbench.budget.Throughput;
import io.buckbench.promise.PromiseCheck;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * How fast one kind of trial went.
 *
 * @param loadSeconds data prepared, model read, method attached
 * @param stepSeconds each step that counts; at least one, unless the training diverged
 * @param testRows answered
 * @param testSeconds that took
 * @param broken the promises that the measured work broke; its speed is then no trial's
 */
public record Speed(
    double loadSeconds,
    List<Double> stepSeconds,
    int testRows,
    double testSeconds,
    List<PromiseCheck> broken) {
  /** More digits than these no second measurement would repeat. */
  private static final MathContext DIGITS = new MathContext(4);

  public Speed {
    stepSeconds = List.copyOf(stepSeconds);
  }

  /** The median: one step that met a garbage collection or a neighbour does not move it. */
  public double medianStep() {
    return Median.withDefaults().evaluate(steps());
  }

  /** How far the steps lay apart, for a reader. */
  public String spread() {
    Quantile quantile = Quantile.withDefaults();
    return String.format(
        Locale.ROOT,
        "median of %d steps, 5 to 95 %% of them %.4g to %.4g s",
        stepSeconds.size(),
        quantile.evaluate(steps(), 0.05),
        quantile.evaluate(steps(), 0.95));
  }

  private double[] steps() {
    return stepSeconds.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * As a row of {@code benchmarks/throughput.csv}.
   *
   * @param id of the row
   * @param device as price cards name it
   * @param how what it was measured on and after how much warm-up
   */
  public Throughput throughput(
      String id, LocalDate date, String device, SpeedKind kind, String how, String supersedes) {
    return new Throughput(
        id,
        date,
        device,
        kind.model(),
        kind.method(),
        kind.batch(),
        decimal(medianStep()),
        decimal(loadSeconds),
        decimal(testSeconds / testRows),
        "calibrate: " + spread() + "; " + testRows + " test rows; " + how,
        supersedes);
  }

  private static BigDecimal decimal(double seconds) {
    return BigDecimal.valueOf(seconds).round(DIGITS);
  }
}
