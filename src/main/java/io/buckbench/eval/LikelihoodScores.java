package io.buckbench.eval;

import java.util.List;

/**
 * Which word is likelier right after the prompt, " yes" or " no", independent of the generated
 * text: it measures knowledge without format.
 *
 * @param rows rows with likelihoods; the other numbers are NaN where it is 0
 * @param accuracy share of rows where the right word is the likelier one
 * @param balancedAccuracy mean over the two classes of that share
 * @param normalisedAccuracy the same after the untouched model's prior is taken away
 * @param normalisedBalancedAccuracy likewise, mean over the classes
 * @param areaUnderCurve the chance that a random yes row has larger log-odds of yes than a random
 *     no row (ROC area): 0.5 is no knowledge, for any bias
 */
public record LikelihoodScores(
    int rows,
    double accuracy,
    double balancedAccuracy,
    double normalisedAccuracy,
    double normalisedBalancedAccuracy,
    double areaUnderCurve) {

  /** Scores rows that have likelihoods; a tie is a wrong answer. */
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
    int[] once = new int[odds.length];
    for (int i = 0; i < odds.length; i++) {
      wanted[i] = scored.get(i).wanted();
      once[i] = 1;
    }
    return RocArea.of(odds, wanted).weighted(once);
  }
}
