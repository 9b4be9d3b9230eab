package io.buckbench.eval;

/**
 * One test row, answered.
 *
 * @param id the example's id
 * @param level the example's level, or the empty string
 * @param wanted the right answer, {@code true} for yes
 * @param generated the text a greedy generation gave, end token removed
 * @param logProbYes natural log of the probability of " yes" right after the prompt; NaN where the
 *     answer did not come from a model
 * @param logProbNo the same for " no"
 */
public record Prediction(
    String id,
    String level,
    boolean wanted,
    String generated,
    double logProbYes,
    double logProbNo) {
  /** What was answered, by the strict rule. */
  public Answer answer() {
    return Answer.of(generated);
  }

  /** Whether the strict rule counts the answer as right. */
  public boolean correct() {
    return answer().is(wanted);
  }

  /** Whether the two likelihoods are there. */
  public boolean hasLikelihood() {
    return !Double.isNaN(logOddsYes());
  }

  /** log p(yes) - log p(no). */
  public double logOddsYes() {
    return logProbYes - logProbNo;
  }

  /** The likelier word by a threshold of the log-odds; {@link Answer#OTHER} on a tie or NaN. */
  Answer likelier(double threshold) {
    double odds = logOddsYes();
    if (odds > threshold) {
      return Answer.YES;
    }
    return odds < threshold ? Answer.NO : Answer.OTHER;
  }
}
