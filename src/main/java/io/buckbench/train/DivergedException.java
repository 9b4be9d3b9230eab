package io.buckbench.train;

/** A training whose loss or gradient is no longer a number; the weights are as before the step. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param step the step that failed, counted from 1
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
