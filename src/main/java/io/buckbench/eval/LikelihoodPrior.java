package io.buckbench.eval;

import java.util.List;

/**
 * The bias of the untouched model towards " yes": its mean log-odds of yes over the test items.
 * Subtracting it calibrates the log-odds, as in Zhao et al. 2021, "Calibrate Before Use", but with
 * the test prompts instead of content-free ones.
 *
 * @param logOddsYes mean of log p(yes) - log p(no)
 */
public record LikelihoodPrior(double logOddsYes) {
  /** No correction. */
  public static final LikelihoodPrior NONE = new LikelihoodPrior(0);

  /**
   * The prior of an untouched model.
   *
   * @param untouched its predictions; those without likelihoods are ignored
   * @throws IllegalArgumentException if no prediction has likelihoods
   */
  public static LikelihoodPrior of(List<Prediction> untouched) {
    return new LikelihoodPrior(
        untouched.stream()
            .filter(Prediction::hasLikelihood)
            .mapToDouble(Prediction::logOddsYes)
            .average()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the untouched model's "
                            + untouched.size()
                            + " predictions have no likelihoods, so it has no prior")));
  }
}
