package io.buckbench.suite;

import io.buckbench.budget.PriceCard;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What it takes to run a suite on several machines, each of which runs one {@link Shard}. All are
 * paid until the last has ended.
 *
 * @param machines number of machines
 * @param hours predicted time of the slowest machine
 * @param idleShare the part of the paid time in which machines wait for the slowest, from 0 to 1
 * @param usd dollars for the paid time; empty if the rows have several price cards
 */
public record MachinesPlan(
    int machines, BigDecimal hours, BigDecimal idleShare, Optional<BigDecimal> usd) {
  private static final MathContext DIGITS = MathContext.DECIMAL64;
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  /** Plans the trials of a suite; rows without a recorded speed take the time of their budget. */
  public static MachinesPlan of(Suite suite, SuitePlan plan, int machines) {
    List<BigDecimal> seconds =
        IntStream.rangeClosed(1, machines)
            .mapToObj(index -> new Shard(index, machines).of(suite.trials(), plan))
            .map(
                share -> share.stream().map(plan::seconds).reduce(BigDecimal.ZERO, BigDecimal::add))
            .toList();
    BigDecimal slowest = seconds.stream().max(BigDecimal::compareTo).orElseThrow();
    BigDecimal paid = slowest.multiply(BigDecimal.valueOf(machines));
    BigDecimal used = seconds.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    List<PriceCard> cards =
        plan.rows().stream().map(SuitePlan.PlannedRow::card).distinct().toList();
    return new MachinesPlan(
        machines,
        slowest.divide(SECONDS_PER_HOUR, DIGITS),
        paid.signum() == 0 ? BigDecimal.ZERO : BigDecimal.ONE.subtract(used.divide(paid, DIGITS)),
        cards.size() == 1
            ? Optional.of(cards.get(0).usdPerHour().multiply(paid).divide(SECONDS_PER_HOUR, DIGITS))
            : Optional.empty());
  }
}
