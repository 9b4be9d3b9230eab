package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;

/**
 * Starting values of trainable parameters. They are drawn by Java, not by the device, so that a
 * seed means the same weights on a CPU and on every GPU. Give one generator, for example {@code new
 * SplittableRandom(seed)}, to all arrays of an adapter in their fixed order.
 */
public final class Init {
  private Init() {}

  /** Independent normal values. */
  public static NDArray normal(
      NDManager manager, RandomGenerator random, double mean, double std, long... shape) {
    float[] values = new float[elements(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian(mean, std);
    }
    return Tensors.of(manager, values, shape);
  }

  /** Independent uniform values in [-bound, bound). */
  public static NDArray uniform(
      NDManager manager, RandomGenerator random, double bound, long... shape) {
    float[] values = new float[elements(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return Tensors.of(manager, values, shape);
  }

  /**
   * PyTorch's {@code kaiming_uniform_(a = sqrt(5))}, the start of {@code nn.Linear}'s weight and of
   * LoRA's A: uniform within 1 / sqrt(in features).
   */
  public static NDArray kaimingUniform(
      NDManager manager, RandomGenerator random, long outFeatures, long inFeatures) {
    return uniform(manager, random, 1 / Math.sqrt(inFeatures), outFeatures, inFeatures);
  }

  private static int elements(long... shape) {
    long product = 1;
    for (long axis : shape) {
      product = Math.multiplyExact(product, axis);
    }
    return Math.toIntExact(product);
  }
}
