package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The differentiable operations, one native call each: no index strings, no boxed scalars. A result
 * belongs to the manager of the <em>first</em> operand, so activations stand on the left and
 * weights on the right.
 */
public final class Ops {
  private Ops() {}

  /**
   * x W' + b in one fused call where x has two axes.
   *
   * @param x (rows, in features)
   * @param weight (out features, in features)
   * @param bias (out features), or {@code null}
   * @return (rows, out features)
   */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return JniUtils.linear(pt(x), pt(weight), bias == null ? null : pt(bias));
  }

  /**
   * Rounded to float16; autograd follows. DJL's {@code toType} would cut the gradient; a cumulative
   * product over an axis of length 1 is the identity, takes a type, and its gradient is a cast.
   * Neither x nor the result may be changed in place afterwards.
   */
  public static NDArray half(NDArray x) {
    if (x.getDataType() == DataType.FLOAT16) {
      return x;
    }
    // As one long row under an axis of 1, so that a GPU sees plain neighbours.
    try (PtNDArray row = JniUtils.reshape(pt(x), new long[] {1, -1});
        PtNDArray cast = JniUtils.cumProd(row, 0, DataType.FLOAT16)) {
      return JniUtils.reshape(cast, x.getShape().getShape());
    }
  }

  /** Widened to float32; autograd follows. The result may be changed in place. */
  public static NDArray single(NDArray x) {
    if (x.getDataType() == DataType.FLOAT32) {
      return x;
    }
    // An axis is needed: beside a scalar PyTorch keeps the array's own type.
    try (NDArray zero = Tensors.zeros(x.getManager(), 1)) {
      return JniUtils.add(pt(x), pt(zero));
    }
  }

  /** Normalises the last axis, epsilon 1e-5 as in PyTorch's default. */
  public static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias) {
    return JniUtils.layerNorm(pt(x), weight.getShape(), pt(weight), pt(bias), 1e-5);
  }

  /**
   * Rows of a table; also the way to pick rows of an activation.
   *
   * @param index int64, any shape
   * @param table (rows, width)
   * @return the index's shape with width behind; it belongs to the index's manager
   */
  public static NDArray rows(NDArray index, NDArray table) {
    return JniUtils.embedding(pt(index), pt(table), false);
  }

  /** Zeroes each element with the given probability and scales the others up, if training. */
  public static NDArray dropout(NDArray x, double probability, boolean training) {
    return training && probability > 0 ? JniUtils.dropout(pt(x), probability, true) : x;
  }

  /** Softmax over the last axis, in float32. */
  public static NDArray softmax(NDArray x) {
    return JniUtils.softmax(pt(x), -1, DataType.FLOAT32);
  }

  /** Log-softmax over the last axis, in float32. */
  public static NDArray logSoftmax(NDArray x) {
    return JniUtils.logSoftmax(pt(x), -1, DataType.FLOAT32);
  }

  /** max(x, 0). */
  public static NDArray relu(NDArray x) {
    return JniUtils.relu(pt(x));
  }

  /** Hyperbolic tangent. */
  public static NDArray tanh(NDArray x) {
    return JniUtils.tanh(pt(x));
  }

  /** Product of the last two axes, the others broadcast. */
  public static NDArray matmul(NDArray a, NDArray b) {
    return JniUtils.matmul(pt(a), pt(b));
  }

  /** a + b, broadcast. */
  public static NDArray add(NDArray a, NDArray b) {
    return JniUtils.add(pt(a), pt(b));
  }

  /** a += b; only where autograd does not need a's value. Returns a. */
  public static NDArray addInPlace(NDArray a, NDArray b) {
    JniUtils.addi(pt(a), pt(b));
    return a;
  }

  /** a * b, broadcast. */
  public static NDArray mul(NDArray a, NDArray b) {
    return JniUtils.mul(pt(a), pt(b));
  }

  /** a *= b; only where autograd does not need a's value. Returns a. */
  public static NDArray mulInPlace(NDArray a, NDArray b) {
    JniUtils.muli(pt(a), pt(b));
    return a;
  }

  /** The smaller of each pair, broadcast. */
  public static NDArray min(NDArray a, NDArray b) {
    return JniUtils.min(pt(a), pt(b));
  }

  /** The same elements under another shape; one axis may be -1. */
  public static NDArray reshape(NDArray x, long... shape) {
    return JniUtils.reshape(pt(x), shape);
  }

  /** Two axes exchanged; a view. */
  public static NDArray transpose(NDArray x, int axis, int other) {
    return JniUtils.transpose(pt(x), axis, other);
  }

  /** The axes in another order; a view. */
  public static NDArray permute(NDArray x, long... axes) {
    return JniUtils.permute(pt(x), axes);
  }

  /** Axes of length 1 repeated to the shape, without copying. */
  public static NDArray broadcast(NDArray x, long... shape) {
    return JniUtils.broadcast(pt(x), new Shape(shape));
  }

  /** Arrays put one after the other along an axis. */
  public static NDArray cat(int axis, NDArray... parts) {
    return JniUtils.cat(pt(parts), axis);
  }

  /** Arrays of one shape put side by side along a new first axis. */
  public static NDArray stack(NDArray... parts) {
    return JniUtils.stack(pt(parts), 0);
  }

  /** Elements from (inclusive) to (exclusive) of one axis; a view. */
  public static NDArray slice(NDArray x, int axis, long from, long to) {
    return JniUtils.slice(pt(x), axis, from, to, 1);
  }

  /**
   * Elements picked along an axis.
   *
   * @param index int64, of x's rank
   */
  public static NDArray gather(NDArray x, NDArray index, int axis) {
    return JniUtils.gather(pt(x), pt(index), axis);
  }

  /** The sum of all elements, a scalar. */
  public static NDArray sum(NDArray x) {
    return JniUtils.sum(pt(x));
  }

  /** The sum of all squares, a scalar. */
  public static NDArray sumOfSquares(NDArray x) {
    try (PtNDArray squares = JniUtils.square(pt(x))) {
      return JniUtils.sum(squares);
    }
  }

  /** -x. */
  public static NDArray neg(NDArray x) {
    return JniUtils.neg(pt(x));
  }

  /** Where the last axis is largest, the first of equals; int64. */
  public static NDArray argMax(NDArray x) {
    return JniUtils.argMax(pt(x), -1, false);
  }

  private static PtNDArray[] pt(NDArray... arrays) {
    PtNDArray[] cast = new PtNDArray[arrays.length];
    System.arraycopy(arrays, 0, cast, 0, arrays.length);
    return cast;
  }

  private static PtNDArray pt(NDArray array) {
    return (PtNDArray) array;
  }
}
