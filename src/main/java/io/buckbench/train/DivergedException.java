package io.buckbench.train;

/** The loss or gradient of a training is not finite; the step has not changed the weights. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param step number of the step, from 1
   */
  DivergedException(int step, String what, double value) {
    super(
        "step "
            + step
            + ": the "
            + what
            + " is "
            + value
            + ", expected a finite number; lower the learning rate, lengthen the warm-up or clip"
            + " the gradient's norm");
  }
}
