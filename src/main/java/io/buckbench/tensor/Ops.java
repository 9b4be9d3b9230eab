package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;

/**
 * Differentiable operations. Each is one native call, without index strings and boxed scalars. A
 * result belongs to the manager of the <em>first</em> operand, so activations are passed first and
 * weights second.
 */
public final class Ops {
  private Ops() {}

  /**
   * Computes x W' + b, in one fused call if x has two axes.
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
   * Converts to float16 or float32, differentiably. DJL's {@code toType} stops the gradient; a copy
   * into an array of the other type does not, and its gradient is a cast.
   *
   * @param x with at least one axis
   * @return x itself if it has the type
   */
  public static NDArray as(NDArray x, DataType type) {
    if (x.getDataType() == type) {
      return x;
    }
    long[] end = x.getShape().getShape();
    long[] step = new long[end.length];
    Arrays.fill(step, 1);
    NDArray target = x.getManager().create(x.getShape(), type);
    JniUtils.indexSet(pt(target), pt(x), new long[end.length], end, step);
    return target;
  }

  /** Layer normalisation of the last axis. */
  public static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double epsilon) {
    return JniUtils.layerNorm(pt(x), weight.getShape(), pt(weight), pt(bias), epsilon);
  }

  /**
   * Looks up rows of a table or an activation.
   *
   * @param index int64, any shape
   * @param table (rows, width)
   * @return (index's shape, width); it belongs to the index's manager
   */
  public static NDArray rows(NDArray index, NDArray table) {
    return JniUtils.embedding(pt(index), pt(table), false);
  }

  /** In training, zeroes each element with the given probability and scales up the others. */
  public static NDArray dropout(NDArray x, double probability, boolean training) {
    return training && probability > 0 ? JniUtils.dropout(pt(x), probability, true) : x;
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

  /** Matrix product of the last two axes; the other axes are broadcast. */
  public static NDArray matmul(NDArray a, NDArray b) {
    return JniUtils.matmul(pt(a), pt(b));
  }

  /** a + b, broadcast. */
  public static NDArray add(NDArray a, NDArray b) {
    return JniUtils.add(pt(a), pt(b));
  }

  /** a += b, if autograd does not need the value of a. Returns a. */
  public static NDArray addInPlace(NDArray a, NDArray b) {
    JniUtils.addi(pt(a), pt(b));
    return a;
  }

  /** a * b, broadcast. */
  public static NDArray mul(NDArray a, NDArray b) {
    return JniUtils.mul(pt(a), pt(b));
  }

  /** a *= b, if autograd does not need the value of a. Returns a. */
  public static NDArray mulInPlace(NDArray a, NDArray b) {
    JniUtils.muli(pt(a), pt(b));
    return a;
  }

  /** The element-wise minimum, broadcast. */
  public static NDArray min(NDArray a, NDArray b) {
    return JniUtils.min(pt(a), pt(b));
  }

  /** The same elements in another shape; one axis may be -1. */
  public static NDArray reshape(NDArray x, long... shape) {
    return JniUtils.reshape(pt(x), shape);
  }

  /** A view with two axes exchanged. */
  public static NDArray transpose(NDArray x, int axis, int other) {
    return JniUtils.transpose(pt(x), axis, other);
  }

  /** A view with the axes in another order. */
  public static NDArray permute(NDArray x, long... axes) {
    return JniUtils.permute(pt(x), axes);
  }

  /** A view that repeats axes of length 1 to the shape. */
  public static NDArray broadcast(NDArray x, long... shape) {
    return JniUtils.broadcast(pt(x), new Shape(shape));
  }

  /** Concatenates arrays along an axis. */
  public static NDArray cat(int axis, NDArray... parts) {
    return JniUtils.cat(pt(parts), axis);
  }

  /** Stacks arrays of equal shape along a new first axis. */
  public static NDArray stack(NDArray... parts) {
    return JniUtils.stack(pt(parts), 0);
  }

  /** Views of x for each index of its first axis, which they keep with length 1. */
  public static List<NDArray> split(NDArray x) {
    return List.copyOf(JniUtils.split(pt(x), 1, 0));
  }

  /**
   * Views of parts of one axis. In the backward pass their gradients are joined once, where each
   * {@link #slice} would fill an array of x's size with zeros.
   *
   * @param lengths of the parts; they must add up to the axis
   */
  public static List<NDArray> split(NDArray x, int axis, long... lengths) {
    return List.copyOf(JniUtils.split(pt(x), lengths, axis));
  }

  /** A view of the elements from (inclusive) to (exclusive) of one axis. */
  public static NDArray slice(NDArray x, int axis, long from, long to) {
    return JniUtils.slice(pt(x), axis, from, to, 1);
  }

  /**
   * Selects elements along an axis.
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

  /** -x. */
  public static NDArray neg(NDArray x) {
    return JniUtils.neg(pt(x));
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
