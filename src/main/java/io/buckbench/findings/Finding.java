package io.buckbench.findings;

/**
 * A hypothesis after the run.
 *
 * @param hypothesis id of the row in {@code benchmarks/hypotheses.csv}
 * @param suite the suite it was judged on
 * @param configuration the row it is about, or the empty string for several
 * @param verdict what the records say
 * @param statistic what was computed, in words, for example {@code accuracy difference to all-yes,
 *     points}
 * @param estimate the statistic's value
 * @param low lower end of its 95 % interval
 * @param high upper end of its 95 % interval
 * @param pValue of the verdict's test, after Holm's correction; NaN where none applies
 * @param power the effect that this many seeds and rows would have missed, as a sentence
 * @param sentence the finding, for a person
 */
public record Finding(
    String hypothesis,
    String suite,
    String configuration,
    Verdict verdict,
    String statistic,
    double estimate,
    double low,
    double high,
    double pValue,
    String power,
    String sentence) {}
