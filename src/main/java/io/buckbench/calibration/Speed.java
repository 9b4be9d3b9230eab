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
 * The measured speed of one kind of trial.
 *
 * @param loadSeconds time to prepare data, load the model and attach the method
 * @param stepSeconds time of each counted step; at least one unless the training diverged
 * @param testItems number of answered test items
 * @param testSeconds time to answer them
 * @param broken the promises that the measured work broke; if there are any, the speed is not valid
 */
public record Speed(
    double loadSeconds,
    List<Double> stepSeconds,
    int testItems,
    double testSeconds,
    List<PromiseCheck> broken) {
  /** Repeated measurements do not agree in more digits. */
  private static final MathContext DIGITS = new MathContext(4);

  public Speed {
    stepSeconds = List.copyOf(stepSeconds);
  }

  /** The median, which a single slow step does not change. */
  public double medianStep() {
    return Median.withDefaults().evaluate(steps());
  }

  /** A description of the spread of step times. */
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
   * A row of {@code benchmarks/throughput.csv}.
   *
   * @param id the row's id
   * @param device the device's name on price cards
   * @param how the machine and the amount of warm-up
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
        decimal(testSeconds / testItems),
        "calibrate: " + spread() + "; " + testItems + " test rows; " + how,
        supersedes);
  }

  private static BigDecimal decimal(double seconds) {
    return BigDecimal.valueOf(seconds).round(DIGITS);
  }
}
