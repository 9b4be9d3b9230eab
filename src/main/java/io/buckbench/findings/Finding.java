package io.buckbench.findings;

/**
 * The result of judging a hypothesis on the runs of a suite.
 *
 * @param hypothesis id of the row in {@code benchmarks/hypotheses.csv}
 * @param suite the suite it was judged on
 * @param configuration the row it is about; empty if it is about several
 * @param verdict whether the records support it
 * @param statistic the name of the statistic, for example {@code accuracy difference to all-yes,
 *     points}
 * @param estimate the statistic's value
 * @param low lower end of its 95 % interval
 * @param high upper end of its 95 % interval
 * @param pValue of the claim, or of its opposite if it is refuted, against its own margin and after
 *     Holm's correction over the suite; NaN if it cannot be tested
 * @param power a sentence on the effect that this many seeds and test items would have missed
 * @param sentence the finding as a sentence
 * @param repeats whether repeated runs give it again; a finding on times, memory or dollars is not
 *     held against an accepted one
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
    String sentence,
    boolean repeats) {

  /** Names it within its suite: {@code hypothesis} or {@code hypothesis/configuration}. */
  public String key() {
    return key(hypothesis, configuration);
  }

  static String key(String hypothesis, String configuration) {
    return configuration.isEmpty() ? hypothesis : hypothesis + "/" + configuration;
  }
}
