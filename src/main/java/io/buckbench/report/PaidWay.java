package io.buckbench.report;

import io.buckbench.eval.PaidAccuracy;

/**
 * An experiment's place among costs and accuracies.
 *
 * @param experiment what was run
 * @param paid its accuracy and what a trial of it costs on one price card
 * @param secondsFrom {@value #MEASURED}, or the id of the recorded throughput that was taken
 */
record PaidWay(ExperimentSummary experiment, PaidAccuracy paid, String secondsFrom) {
  /** The trials' own seconds. */
  static final String MEASURED = "measured";

  /** The row whose training it is: a smaller budget belongs to the row that served it. */
  String training() {
    String servedBy = experiment.declared("served_by");
    return servedBy.isEmpty() ? experiment.experiment() : servedBy;
  }

  boolean isFree() {
    return paid.usd().signum() == 0;
  }
}
