package io.buckbench.eval;

import io.buckbench.statistics.RocArea;
import java.util.List;

/**
 * Scores by the likelihoods of the answers after the prompt. They do not depend on the generated
 * text, so they measure knowledge apart from the format of answers.
 *
 * @param items number of items with likelihoods; if 0, the other numbers are NaN
 * @param accuracy share of items whose right answer is the likeliest one
 * @param balancedAccuracy mean of this share over the answers
 * @param normalisedAccuracy the accuracy after subtracting the untouched model's prior
 * @param normalisedBalancedAccuracy the balanced accuracy after subtracting it
 * @param byLengthAccuracy share of items whose right answer has the largest log-probability a
 *     character, as {@code acc_norm} of EleutherAI's lm-evaluation-harness
 * @param informationAccuracy share of items whose right answer gains most in log-probability by the
 *     prompt, as the harness' {@code acc_mutual_info}; NaN if the answers' log-probabilities
 *     without a prompt are not known
 * @param areaUnderCurve the area under the ROC curve, for two answers: the probability that a
 *     random item of the first has larger log-odds of it than a random item of the second; 0.5 is
 *     chance, for any bias; NaN for more answers
 */
public record LikelihoodScores(
    int items,
    double accuracy,
    double balancedAccuracy,
    double normalisedAccuracy,
    double normalisedBalancedAccuracy,
    double byLengthAccuracy,
    double informationAccuracy,
    double areaUnderCurve) {

  /**
   * Scores the items that have likelihoods; a tie counts as wrong.
   *
   * @param prior of the untouched model, from its test prompts
   * @param alone of the model itself, without a prompt; {@link LikelihoodPrior#NONE} if not known
   */
  static LikelihoodScores of(
      List<Prediction> predictions, LikelihoodPrior prior, LikelihoodPrior alone) {
    List<Prediction> scored = predictions.stream().filter(Prediction::hasLikelihood).toList();
    if (scored.isEmpty()) {
      double none = Double.NaN;
      return new LikelihoodScores(0, none, none, none, none, none, none, none);
    }
    AnswerCounts plain = AnswerCounts.of(scored, p -> p.likeliest(LikelihoodPrior.NONE));
    AnswerCounts normalised = AnswerCounts.of(scored, p -> p.likeliest(prior));
    return new LikelihoodScores(
        scored.size(),
        plain.accuracy(),
        plain.balancedAccuracy(),
        normalised.accuracy(),
        normalised.balancedAccuracy(),
        AnswerCounts.of(scored, Prediction::likeliestByLength).accuracy(),
        alone.logOdds().isEmpty()
            ? Double.NaN
            : AnswerCounts.of(scored, p -> p.likeliest(alone)).accuracy(),
        areaUnderCurve(scored));
  }

  private static double areaUnderCurve(List<Prediction> scored) {
    if (scored.get(0).answers().size() != 2) {
      return Double.NaN;
    }
    double[] odds = scored.stream().mapToDouble(Prediction::logOdds).toArray();
    boolean[] first = new boolean[odds.length];
    for (int i = 0; i < odds.length; i++) {
      first[i] = scored.get(i).wanted() == 0;
    }
    return RocArea.of(odds, first).area();
  }
}
