package io.buckbench.eval;

import java.util.List;

/**
 * How much likelier " yes" is than " no" for the untouched model: its mean log-odds over the test
 * items. Subtracting it removes the bias that a base model has towards one of the two words (as in
 * Zhao et al. 2021, "Calibrate Before Use", with the test prompts instead of content-free ones).
 *
 * @param logOddsYes mean of log p(yes) - log p(no)
 */
public record LikelihoodPrior(double logOddsYes) {
  /** No correction. */
  public static final LikelihoodPrior NONE = new LikelihoodPrior(0);

  /**
   * The prior of an untouched model.
   *
   * @param untouched its predictions; rows without likelihoods are left out
   * @throws IllegalArgumentException if no row has likelihoods
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
                            + " predictions hold no likelihoods, so it has no prior")));
  }
}
