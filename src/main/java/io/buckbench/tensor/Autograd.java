package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Optional;

/** Computes and reads gradients. */
public final class Autograd {
  private Autograd() {}

  /** Sets whether these leaves require a gradient. Frozen weights never require one. */
  public static void setRequiresGradient(List<Parameter> parameters, boolean requires) {
    for (Parameter parameter : parameters) {
      parameter.array().setRequiresGradient(requires);
    }
  }

  /**
   * Adds d(seed * loss)/d(leaf) to the gradient of every leaf that requires one, and frees the
   * recorded graph.
   *
   * @param loss a scalar
   * @param seed factor of the loss, a scalar; 1 / labelled tokens of a step gives gradients of the
   *     mean loss
   */
  public static void backward(NDArray loss, NDArray seed) {
    JniUtils.backward((PtNDArray) loss, (PtNDArray) seed, false, false);
  }

  /** As above, with a factor that is not on the device yet. */
  public static void backward(NDArray loss, float scale) {
    try (NDArray seed = Tensors.scalar(loss.getManager(), scale)) {
      backward(loss, seed);
    }
  }

  /** The accumulated gradient, closed by the caller; empty if no loss has reached this leaf. */
  public static Optional<NDArray> gradient(NDArray leaf) {
    return Optional.ofNullable(JniUtils.getGradient((PtNDArray) leaf));
  }

  /** Sets the gradient to zero in place. */
  public static void zeroGradient(NDArray leaf) {
    try (NDArray gradient = JniUtils.getGradient((PtNDArray) leaf)) {
      if (gradient != null) {
        JniUtils.zeroGrad((PtNDArray) leaf);
      }
    }
  }
}
