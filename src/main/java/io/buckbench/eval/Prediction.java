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
}
