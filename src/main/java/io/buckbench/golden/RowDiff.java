package io.buckbench.golden;

import io.buckbench.eval.Interval;
import java.util.List;

/**
 * One row, accepted and now.
 *
 * @param configuration the row's id
 * @param outcome what the comparison says
 * @param breaksPromise whether a build must fail: the row regressed, improved, is missing, or its
 *     bits or inputs changed where the accepted file promises them
 * @param goldenPercent accepted accuracy; NaN for a new row
 * @param freshPercent accuracy now; NaN for a missing row
 * @param changePoints fresh minus golden with its 95 % interval
 * @param pValue one-sided, of the direction that the accuracy moved in, after Holm over the rows;
 *     NaN where nothing was tested
 * @param detectablePoints the fall that the test would find with a chance of 80 %; NaN where
 *     nothing was tested or the rows alone were
 * @param moved everything that is not as accepted, in words
 * @param flips test rows whose answers turned
 * @param sentence for a person: what moved, by how much, what was allowed
 */
public record RowDiff(
    String configuration,
    RowOutcome outcome,
    boolean breaksPromise,
    double goldenPercent,
    double freshPercent,
    Interval changePoints,
    double pValue,
    double detectablePoints,
    List<String> moved,
    List<Flip> flips,
    String sentence) {}
