package io.buckbench.eval;

/**
 * The answer to a test item.
 *
 * @param id the item's id
 * @param level the item's level; empty if it has none
 * @param wanted the right answer, {@code true} for yes
 * @param generated the greedily generated text without the end token
 * @param logProbYes natural log of the probability of " yes" after the prompt; NaN if the answer is
 *     not from a model
 * @param logProbNo natural log of the probability of " no" after the prompt, likewise
 */
public record Prediction(
    String id,
    String level,
    boolean wanted,
    String generated,
    double logProbYes,
    double logProbNo) {
  /** The answer by the strict rule. */
  public Answer answer() {
    return Answer.of(generated);
  }

  /** Whether the answer is right by the strict rule. */
  public boolean correct() {
    return answer().is(wanted);
  }

  /** Whether the likelihoods are known. */
  public boolean hasLikelihood() {
    return !Double.isNaN(logOddsYes());
  }

  /** The log-odds of yes: log p(yes) - log p(no). */
  public double logOddsYes() {
    return logProbYes - logProbNo;
  }

  /** The likelier word at a threshold of the log-odds; {@link Answer#OTHER} for a tie or NaN. */
  Answer likelier(double threshold) {
    double odds = logOddsYes();
    if (odds > threshold) {
      return Answer.YES;
    }
    return odds < threshold ? Answer.NO : Answer.OTHER;
  }
}
