package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Optional;

/** Gradients: who asks for one, computing them, reading them, forgetting them. */
public final class Autograd {
  private Autograd() {}

  /** Makes these leaves ask for a gradient, or not any more. A frozen weight never asks. */
  public static void setRequiresGradient(List<Parameter> parameters, boolean requires) {
    for (Parameter parameter : parameters) {
      parameter.array().setRequiresGradient(requires);
    }
  }

  /**
   * Adds d(scale * loss)/d(leaf) to the gradient of every leaf that asks for one, and frees the
   * recorded graph.
   *
   * @param loss a scalar
   * @param scale one over the number of labelled tokens in a step makes the step's loss their mean
   */
  public static void backward(NDArray loss, float scale) {
    try (NDArray seed = Tensors.scalar(loss.getManager(), scale)) {
      JniUtils.backward((PtNDArray) loss, (PtNDArray) seed, false, false);
    }
  }

  /** The gathered gradient, the caller's to close; empty where no loss has reached this leaf. */
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
