package io.buckbench.report;

import io.buckbench.statistics.Interval;
import java.util.Map;

/**
 * A run of the past: one point of each row's curve.
 *
 * @param date of the run
 * @param commit of the run
 * @param accuracies each row's accuracy, 0 to 1, with its 95 % interval
 */
public record PastRun(String date, String commit, Map<String, Interval> accuracies) {}
