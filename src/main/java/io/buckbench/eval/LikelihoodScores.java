package io.buckbench.eval;

import io.buckbench.statistics.RocArea;
import java.util.List;

/**
 * Scores by the likelihoods of " yes" and " no" as the first token after the prompt. They do not
 * depend on the generated text, so they measure knowledge apart from the format of answers.
 *
 * @param items number of items with likelihoods; if 0, the other numbers are NaN
 * @param accuracy share of items whose right word is the likelier one
 * @param balancedAccuracy mean of this share over the two classes
 * @param normalisedAccuracy the accuracy after subtracting the untouched model's prior
 * @param normalisedBalancedAccuracy the balanced accuracy after subtracting it
 * @param areaUnderCurve the area under the ROC curve: the probability that a random yes item has
 *     larger log-odds of yes than a random no item; 0.5 is chance, for any bias
 */
public record LikelihoodScores(
    int items,
    double accuracy,
    double balancedAccuracy,
    double normalisedAccuracy,
    double normalisedBalancedAccuracy,
    double areaUnderCurve) {

  /** Scores the items that have likelihoods; a tie counts as wrong. */
  static LikelihoodScores of(List<Prediction> predictions, LikelihoodPrior prior) {
    List<Prediction> scored = predictions.stream().filter(Prediction::hasLikelihood).toList();
    if (scored.isEmpty()) {
      double none = Double.NaN;
      return new LikelihoodScores(0, none, none, none, none, none);
    }
    AnswerCounts plain = AnswerCounts.of(scored, p -> p.likelier(0));
    AnswerCounts normalised = AnswerCounts.of(scored, p -> p.likelier(prior.logOddsYes()));
    return new LikelihoodScores(
        scored.size(),
        plain.accuracy(),
        plain.balancedAccuracy(),
        normalised.accuracy(),
        normalised.balancedAccuracy(),
        areaUnderCurve(scored));
  }

  private static double areaUnderCurve(List<Prediction> scored) {
    double[] odds = scored.stream().mapToDouble(Prediction::logOddsYes).toArray();
    boolean[] wanted = new boolean[odds.length];
    for (int i = 0; i < odds.length; i++) {
      wanted[i] = scored.get(i).wanted();
    }
    return RocArea.of(odds, wanted).area();
  }
}
