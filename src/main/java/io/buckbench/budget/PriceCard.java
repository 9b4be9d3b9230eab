package io.buckbench.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Locale;

/**
 * The price of a machine, with its date and source; a row of {@code benchmarks/prices.csv}.
 *
 * <p>At M dollars per month of H hours, s seconds cost M s / (3600 H) dollars and d dollars buy
 * 3600 H d / M seconds. The arithmetic is exact up to the final division, which is rounded down so
 * that rounding never exceeds a budget.
 *
 * @param id unique, never reused
 * @param date when the prices were quoted
 * @param source who quoted them
 * @param region the provider's region
 * @param device what trains, for example {@code V100}
 * @param gpu price of the GPU; zero on a CPU machine
 * @param vm price of the virtual machine
 * @param disk price of the disk
 * @param hoursPerMonth hours in a month, to convert monthly prices to hourly ones: 720 (30 days),
 *     730 (a twelfth of a year, as the providers count) or 744 (31 days)
 * @param billed the phases that are charged
 * @param granularitySeconds unit in which time is charged; 0 charges the exact time
 * @param minimumSeconds shortest time that is charged for any use
 * @param supersedes the card this one replaces, or the empty string
 * @param note a remark
 */
public record PriceCard(
    String id,
    LocalDate date,
    String source,
    String region,
    String device,
    Price gpu,
    Price vm,
    Price disk,
    int hoursPerMonth,
    Billed billed,
    BigDecimal granularitySeconds,
    BigDecimal minimumSeconds,
    String supersedes,
    String note) {

  /** Decimal places of a quotient of money or time: a trillionth of a dollar or second. */
  static final int SCALE = 12;

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  /** Whether it prices a machine without a GPU: its device is named {@code CPU ...}. */
  public boolean isForCpu() {
    return device.toUpperCase(Locale.ROOT).startsWith("CPU");
  }

  /** Dollars per month for all parts together, exact. */
  public BigDecimal usdPerMonth() {
    return gpu.usdPerMonth(hoursPerMonth)
        .add(vm.usdPerMonth(hoursPerMonth))
        .add(disk.usdPerMonth(hoursPerMonth));
  }

  /** Dollars per hour, for display: rounded, since it may have no finite decimal expansion. */
  public BigDecimal usdPerHour() {
    return usdPerMonth()
        .divide(BigDecimal.valueOf(hoursPerMonth), SCALE, RoundingMode.HALF_EVEN)
        .stripTrailingZeros();
  }

  /** The cost of a number of seconds in dollars, rounded down to a trillionth. */
  public BigDecimal usd(BigDecimal seconds) {
    return usdPerMonth().multiply(seconds).divide(secondsPerMonth(), SCALE, RoundingMode.DOWN);
  }

  /** The seconds that a number of dollars buys, rounded down to a trillionth. */
  public BigDecimal seconds(BigDecimal usd) {
    return usd.multiply(secondsPerMonth()).divide(usdPerMonth(), SCALE, RoundingMode.DOWN);
  }

  /**
   * The seconds that a budget can pay for: a whole multiple of the granularity, or 0 if that is
   * below the minimum.
   */
  public BigDecimal affordableSeconds(BigDecimal usd) {
    BigDecimal exact = seconds(usd);
    BigDecimal whole =
        granularitySeconds.signum() == 0
            ? exact
            : exact.divideToIntegralValue(granularitySeconds).multiply(granularitySeconds);
    return whole.compareTo(minimumSeconds) < 0 ? BigDecimal.ZERO : whole;
  }

  /** The seconds that are charged for the seconds used: rounded up to granularity and minimum. */
  public BigDecimal billedSeconds(BigDecimal used) {
    BigDecimal whole =
        granularitySeconds.signum() == 0
            ? used
            : used.divide(granularitySeconds, 0, RoundingMode.CEILING).multiply(granularitySeconds);
    return used.signum() == 0 ? used : whole.max(minimumSeconds);
  }

  private BigDecimal secondsPerMonth() {
    return SECONDS_PER_HOUR.multiply(BigDecimal.valueOf(hoursPerMonth));
  }
}
