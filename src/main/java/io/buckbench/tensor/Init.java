package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * Initial values of trainable parameters. Java draws them, so that a seed gives the same weights on
 * every device. Pass one generator, for example {@code new SplittableRandom(seed)}, to all arrays
 * of an adapter in a fixed order.
 */
public final class Init {
  private Init() {}

  /** Independent normal values. */
  public static NDArray normal(
      NDManager manager, RandomGenerator random, double mean, double std, long... shape) {
    return draw(manager, () -> random.nextGaussian(mean, std), shape);
  }

  /** Independent uniform values in [-bound, bound). */
  public static NDArray uniform(
      NDManager manager, RandomGenerator random, double bound, long... shape) {
    return draw(manager, () -> bound * (2 * random.nextDouble() - 1), shape);
  }

  /**
   * PyTorch's {@code kaiming_uniform_(a = sqrt(5))}, the initialisation of {@code nn.Linear}'s
   * weight and of LoRA's A: uniform in [-1 / sqrt(in features), 1 / sqrt(in features)).
   */
  public static NDArray kaimingUniform(
      NDManager manager, RandomGenerator random, long outFeatures, long inFeatures) {
    return uniform(manager, random, 1 / Math.sqrt(inFeatures), outFeatures, inFeatures);
  }

  private static NDArray draw(NDManager manager, DoubleSupplier next, long... shape) {
    long elements = 1;
    for (long axis : shape) {
      elements = Math.multiplyExact(elements, axis);
    }
    float[] values = new float[Math.toIntExact(elements)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) next.getAsDouble();
    }
    return Tensors.of(manager, values, shape);
  }
}
