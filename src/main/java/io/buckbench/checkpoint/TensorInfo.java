package io.buckbench.checkpoint;

import java.util.Arrays;

/**
 * Type and shape of a tensor.
 *
 * @param dtype element type
 * @param shape the length of each axis, outermost first; empty for a scalar
 */
public record TensorInfo(DType dtype, long[] shape) {
  /** Copies the shape. Refuses a negative axis, and more bytes than a long can count. */
  public TensorInfo {
    shape = shape.clone();
    long elements = 1;
    for (long axis : shape) {
      if (axis < 0) {
        throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has an axis < 0");
      }
      elements = multiply(elements, axis, shape);
    }
    multiply(elements, dtype.bytes(), shape);
  }

  private static long multiply(long a, long b, long[] shape) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " has more bytes than can be counted", e);
    }
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Number of elements: the product of the axes, 1 for a scalar. */
  public long elements() {
    long elements = 1;
    for (long axis : shape) {
      elements *= axis;
    }
    return elements;
  }

  /** Number of bytes. */
  public long bytes() {
    return elements() * dtype.bytes();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorInfo that
        && dtype == that.dtype
        && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return 31 * dtype.hashCode() + Arrays.hashCode(shape);
  }

  /** For messages: {@code F16[768, 3072]}. */
  @Override
  public String toString() {
    return dtype + Arrays.toString(shape);
  }
}
