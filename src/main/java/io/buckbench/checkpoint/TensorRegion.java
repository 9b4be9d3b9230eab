package io.buckbench.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where a file holds a tensor.
 *
 * @param info type and shape
 * @param offset byte at which its first element stands
 * @param strides elements between neighbours on each axis
 */
record TensorRegion(TensorInfo info, long offset, long[] strides) {
  /** Row-major, as safetensors always holds them. */
  static TensorRegion contiguous(TensorInfo info, long offset) {
    return new TensorRegion(info, offset, rowMajor(info.shape()));
  }

  boolean isContiguous() {
    long[] wanted = rowMajor(info.shape());
    long[] shape = info.shape();
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] != 1 && strides[axis] != wanted[axis]) {
        return info.elements() == 0;
      }
    }
    return true;
  }

  /** Elements from the first one to the last one, both included: what must lie in the storage. */
  long span() {
    if (info.elements() == 0) {
      return 0;
    }
    long[] shape = info.shape();
    long last = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
    }
    return Math.addExact(last, 1);
  }

  /** Copies the elements of a buffer that holds the span, to row-major order. */
  ByteBuffer gather(ByteBuffer span) {
    int width = info.dtype().bytes();
    long[] shape = info.shape();
    long[] index = new long[shape.length];
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(info.bytes()));
    long from = 0;
    while (out.hasRemaining()) {
      out.put(span.slice(Math.toIntExact(from * width), width));
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= shape[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return out.flip();
  }

  static long[] rowMajor(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    return strides;
  }

  @Override
  public String toString() {
    return info + " at byte " + offset + " with strides " + Arrays.toString(strides);
  }
}
