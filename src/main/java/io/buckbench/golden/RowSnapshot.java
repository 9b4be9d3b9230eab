package io.buckbench.golden;

import java.util.List;
import java.util.Map;

/**
 * One declared row with all its trials.
 *
 * @param experiment the row's id
 * @param accuracyPercent mean over its trials, a failed one as 0; for a reader, not compared
 * @param testSet which of the snapshot's test sets it answered
 * @param sha256 inputs of this row beyond those that all rows share
 * @param trials by seed
 */
public record RowSnapshot(
    String experiment,
    double accuracyPercent,
    String testSet,
    Map<String, String> sha256,
    List<TrialSnapshot> trials) {}
