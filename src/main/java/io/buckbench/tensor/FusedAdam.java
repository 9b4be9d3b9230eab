package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** DJL's native Adam update, with arguments that make it equal {@code torch.optim.AdamW}. */
@SuppressWarnings("try") // scopes are used only for their close()
public final class FusedAdam {
  /**
   * Elements of a block whose temporaries fit a core's cache; 2 to 3 times faster than one block.
   */
  private static final long BLOCK_ELEMENTS = 1 << 18;

  private FusedAdam() {}

  /**
   * Updates one tensor in place. The native update has no bias correction: it divides the mean by
   * (sqrt(variance) + epsilon). With c1 = 1 - beta1^t and c2 = sqrt(1 - beta2^t), the rate rate *
   * c2 / c1 and epsilon * c2 make it equal torch's.
   *
   * @param weight updated; a recorded graph must not need its old values any more
   * @param gradient gradient of the weight, of the same shape
   * @param mean first moment, updated
   * @param variance second moment, updated
   * @param step number of the step, from 1
   * @param gradientScale factor of the gradient, for clipping
   */
  public static void update(
      NDArray weight,
      NDArray gradient,
      NDArray mean,
      NDArray variance,
      int step,
      double rate,
      float beta1,
      float beta2,
      double epsilon,
      double decay,
      double gradientScale) {
    double c1 = 1 - Math.pow(beta1, step);
    double c2 = Math.sqrt(1 - Math.pow(beta2, step));
    long rows = weight.getShape().dimension() == 0 ? 1 : weight.getShape().get(0);
    long block = Math.max(1, BLOCK_ELEMENTS * rows / Math.max(1, weight.size()));
    for (long from = 0; from < rows; from += block) {
      long to = Math.min(rows, from + block);
      try (Scope temporaries = new Scope()) {
        JniUtils.adamUpdate(
            rows(weight, from, to, rows),
            rows(gradient, from, to, rows),
            rows(mean, from, to, rows),
            rows(variance, from, to, rows),
            (float) rate,
            (float) (rate * c2 / c1),
            (float) decay,
            (float) gradientScale,
            -1, // no element-wise clipping; torch clips by the global norm
            beta1,
            beta2,
            (float) (epsilon * c2),
            true);
      }
    }
  }

  private static PtNDArray rows(NDArray array, long from, long to, long rows) {
    return from == 0 && to == rows ? (PtNDArray) array : (PtNDArray) Ops.slice(array, 0, from, to);
  }
}
