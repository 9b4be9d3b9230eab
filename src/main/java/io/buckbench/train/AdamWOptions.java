package io.buckbench.train;

import io.buckbench.input.Problems;

/**
 * Options of AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101).
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the square root of the second moment
 * @param weightDecay decoupled weight decay, multiplied by the learning rate
 * @param decayVectors whether tensors with one axis (biases and layer norms) decay too, as by
 *     torch's default; many recipes exclude them
 */
public record AdamWOptions(
    double beta1, double beta2, double epsilon, double weightDecay, boolean decayVectors) {
  /** Requires betas in [0, 1), an epsilon above 0 and a decay of at least 0. */
  public AdamWOptions {
    Problems problems = new Problems();
    fraction(problems, "beta1", beta1);
    fraction(problems, "beta2", beta2);
    if (!(epsilon > 0)) {
      problems.add("epsilon", epsilon + "", "above 0", "torch's default is 1e-8");
    }
    if (!(weightDecay >= 0)) {
      problems.add("weightDecay", weightDecay + "", "at least 0", "torch's default is 0.01");
    }
    problems.throwIfAny();
  }

  /** The defaults of {@code torch.optim.AdamW}. */
  public static AdamWOptions defaults() {
    return new AdamWOptions(0.9, 0.999, 1e-8, 0.01, true);
  }

  private static void fraction(Problems problems, String field, double value) {
    if (!(value >= 0 && value < 1)) {
      problems.add(field, value + "", "at least 0 and below 1", "0.9 and 0.999 are usual");
    }
  }
}
