package io.buckbench.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * What a machine costs, dated and with its source; a row of {@code benchmarks/prices.csv}.
 *
 * <p>All arithmetic is exact: with M dollars a month of H hours, s seconds cost M s / (3600 H)
 * dollars and d dollars buy 3600 H d / M seconds; the division comes last and is rounded so that a
 * budget is never exceeded by rounding.
 *
 * @param id unique, never reused
 * @param date when the prices were quoted
 * @param source who quoted them
 * @param region the provider's region
 * @param device what trains, for example {@code V100}
 * @param gpu the accelerator's price; zero on a CPU machine
 * @param vm the machine's
 * @param disk the disk's
 * @param hoursPerMonth the convention that turns a month's price into an hour's: 720 (30 days), 730
 *     (a twelfth of a year, the providers' own) or 744 (31 days)
 * @param billed which phases count
 * @param granularitySeconds time is charged in whole multiples of this; 0 charges the exact time
 * @param minimumSeconds the least that is charged once anything is
 * @param supersedes the card this one replaces, or the empty string
 * @param note for a reader
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

  /** Decimals that a quotient of money or time keeps; a trillionth of a dollar. */
  static final int SCALE = 12;

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  /** Dollars a month for all parts together, exact. */
  public BigDecimal usdPerMonth() {
    return gpu.usdPerMonth(hoursPerMonth)
        .add(vm.usdPerMonth(hoursPerMonth))
        .add(disk.usdPerMonth(hoursPerMonth));
  }

  /** Dollars an hour, rounded to a trillionth; for display, since it need not be a decimal. */
  public BigDecimal usdPerHour() {
    return usdPerMonth()
        .divide(BigDecimal.valueOf(hoursPerMonth), SCALE, RoundingMode.HALF_EVEN)
        .stripTrailingZeros();
  }

  /** What so many seconds cost, cut off below a trillionth of a dollar. */
  public BigDecimal usd(BigDecimal seconds) {
    return usdPerMonth().multiply(seconds).divide(secondsPerMonth(), SCALE, RoundingMode.DOWN);
  }

  /** How long so many dollars rent the machine, cut off below a trillionth of a second. */
  public BigDecimal seconds(BigDecimal usd) {
    return usd.multiply(secondsPerMonth()).divide(usdPerMonth(), SCALE, RoundingMode.DOWN);
  }

  /**
   * The time that a budget can pay under this card's billing: whole multiples of the granularity,
   * nothing where it does not reach the minimum.
   */
  public BigDecimal affordableSeconds(BigDecimal usd) {
    BigDecimal exact = seconds(usd);
    BigDecimal whole =
        granularitySeconds.signum() == 0
            ? exact
            : exact.divideToIntegralValue(granularitySeconds).multiply(granularitySeconds);
    return whole.compareTo(minimumSeconds) < 0 ? BigDecimal.ZERO : whole;
  }

  /** The time that is charged for time used: raised to the granularity and the minimum. */
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
