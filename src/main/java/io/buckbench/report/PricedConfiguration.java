package io.buckbench.report;

import io.buckbench.eval.PaidAccuracy;

/**
 * A configuration and its cost on one price card.
 *
 * @param configuration the configuration
 * @param paid its accuracy and the cost of a trial
 * @param secondsFrom {@value #MEASURED}, or the id of the recorded throughput that gave the seconds
 */
public record PricedConfiguration(
    ConfigurationSummary configuration, PaidAccuracy paid, String secondsFrom) {
  /** The seconds were measured in the trials. */
  public static final String MEASURED = "measured";

  /** The id of the row that was trained; for a milestone, the row that served it. */
  public String training() {
    return configuration.declared().servedBy().orElse(configuration.configuration());
  }

  public boolean isFree() {
    return paid.usd().signum() == 0;
  }
}
