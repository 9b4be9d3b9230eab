package io.buckbench.report;

import io.buckbench.eval.PaidAccuracy;

/**
 * A configuration's place among costs and accuracies.
 *
 * @param configuration what was run
 * @param paid its accuracy and what a trial of it costs on one price card
 * @param secondsFrom {@value #MEASURED}, or the id of the recorded throughput that was taken
 */
record PaidWay(ConfigurationSummary configuration, PaidAccuracy paid, String secondsFrom) {
  /** The trials' own seconds. */
  static final String MEASURED = "measured";

  /** The row whose training it is: for a milestone, the row that served it. */
  String training() {
    return configuration.declared().servedBy().orElse(configuration.configuration());
  }

  boolean isFree() {
    return paid.usd().signum() == 0;
  }
}
