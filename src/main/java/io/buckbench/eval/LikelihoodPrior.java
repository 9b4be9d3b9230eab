package io.buckbench.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * The bias of the untouched model towards some answers: the mean log-odds of each answer against
 * the last one over the test items. Subtracting it calibrates the log-probabilities, as in Zhao et
 * al. 2021, "Calibrate Before Use", but with the test prompts instead of content-free ones.
 *
 * @param logOdds for each answer the mean of log p(answer) - log p(last answer), or another
 *     log-probability that is subtracted; empty for no correction
 */
public record LikelihoodPrior(List<Double> logOdds) {
  /** No correction. */
  public static final LikelihoodPrior NONE = new LikelihoodPrior(List.of());

  public LikelihoodPrior {
    logOdds = List.copyOf(logOdds);
  }

  /**
   * The prior of an untouched model.
   *
   * @param untouched its predictions; those without likelihoods are ignored
   * @throws IllegalArgumentException if no prediction has likelihoods
   */
  public static LikelihoodPrior of(List<Prediction> untouched) {
    List<Prediction> known = untouched.stream().filter(Prediction::hasLikelihood).toList();
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          "the untouched model's "
              + untouched.size()
              + " predictions have no likelihoods, so it has no prior");
    }
    int last = known.get(0).answers().size() - 1;
    List<Double> means = new ArrayList<>();
    for (int answer = 0; answer < last; answer++) {
      int index = answer;
      means.add(
          known.stream()
              .mapToDouble(p -> p.logProbs().get(index) - p.logProbs().get(last))
              .average()
              .orElseThrow());
    }
    means.add(0.0);
    return new LikelihoodPrior(means);
  }

  /** The prior of a model without a prompt: the log-probability of each answer alone. */
  public static LikelihoodPrior alone(List<Double> logProbs) {
    return new LikelihoodPrior(logProbs);
  }

  /** What is subtracted from the log-probability of an answer. */
  double of(int answer) {
    return logOdds.isEmpty() ? 0 : logOdds.get(answer);
  }
}
