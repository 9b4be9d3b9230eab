package io.buckbench.calibration;

import io.buckbench.budget.SpeedOrigin;
import io.buckbench.budget.Throughput;
import io.buckbench.promise.PromiseCheck;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Median;

/**
 * The measured speed of one kind of trial. Every time is the median over the rounds, so that a
 * round that other work disturbed does not change it; the time of a step in a round is the mean,
 * since a training pays for its slow steps too.
 *
 * @param rounds at least one; they may come from several processes
 */
public record Speed(List<Round> rounds) {
  /** Repeated measurements do not agree in more digits. */
  private static final MathContext DIGITS = new MathContext(4);

  /**
   * @throws IllegalArgumentException if there is no round
   */
  public Speed {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("a speed needs at least one round");
    }
  }

  /** Seconds of a step: the median of the rounds. */
  public double secondsPerStep() {
    return median(Round::secondsPerStep);
  }

  /** Seconds of a step in the fastest round. */
  public double least() {
    return Arrays.stream(perRound(Round::secondsPerStep)).min().orElseThrow();
  }

  /** Seconds of a step in the slowest round. */
  public double most() {
    return Arrays.stream(perRound(Round::secondsPerStep)).max().orElseThrow();
  }

  /** The promises that the work of any round broke; if there are any, the speed is not valid. */
  public List<PromiseCheck> broken() {
    return rounds.stream().flatMap(round -> round.broken().stream()).distinct().toList();
  }

  /** A description of the spread of the rounds. */
  public String spread() {
    return String.format(
        Locale.ROOT,
        "%.4g s a step, median of %d rounds, least %.4g, most %.4g",
        secondsPerStep(),
        rounds.size(),
        least(),
        most());
  }

  private double median(ToDoubleFunction<Round> time) {
    return Median.withDefaults().evaluate(perRound(time));
  }

  private double[] perRound(ToDoubleFunction<Round> time) {
    return rounds.stream().mapToDouble(time).toArray();
  }

  /**
   * A row of {@code benchmarks/throughput.csv}.
   *
   * @param id the row's id
   * @param origin the calibration
   * @param device the device's name on price cards
   * @param how the row that was measured, and the amount of work
   */
  public Throughput throughput(
      String id, SpeedOrigin origin, String device, SpeedKind kind, String how, String supersedes) {
    int steps = rounds.stream().mapToInt(round -> round.stepSeconds().size()).sum();
    int items = rounds.stream().mapToInt(Round::testItems).sum();
    return new Throughput(
        id,
        LocalDate.ofInstant(Instant.parse(origin.calibration()), ZoneOffset.UTC),
        device,
        kind.model(),
        kind.method(),
        kind.batch(),
        decimal(secondsPerStep()),
        decimal(median(Round::loadSeconds)),
        decimal(median(Round::secondsPerTestItem)),
        "calibrate: %s; %d steps, %d test items; %s".formatted(spread(), steps, items, how),
        supersedes,
        Optional.of(origin));
  }

  private static BigDecimal decimal(double seconds) {
    return BigDecimal.valueOf(seconds).round(DIGITS);
  }
}
